package dev.nameplate.est;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/**
 * What a server asks of certification requests (RFC 8951, 4; RFC 9908, 3). Clients that know the template look at that
 * alone, the others at all the rest.
 *
 * @param types what is asked for by its mere name, as challengePassword or a signature algorithm
 * @param key the kind of key, if the server insists on one
 * @param extensions whole ones, each once
 */
public record CsrAttributes(
        List<ASN1ObjectIdentifier> types,
        Optional<KeyWish> key,
        List<Extension> extensions,
        Optional<CsrTemplate> template) {
    /** RFC 2985, 5.4.1. */
    public static final ASN1ObjectIdentifier CHALLENGE_PASSWORD = AttributesReader.CHALLENGE_PASSWORD;

    /** RFC 7894, 3.3. */
    public static final ASN1ObjectIdentifier EST_IDENTITY_LINKING = AttributesReader.EST_IDENTITY_LINKING;

    private static final String WHAT = "csrattrs message";
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_ELEMENTS = 256;

    public CsrAttributes {
        types = List.copyOf(types);
        extensions = List.copyOf(extensions);
    }

    /** Whether nothing is asked for, which is better said without a message (RFC 8951, 4). */
    public boolean isEmpty() {
        return types.isEmpty() && key.isEmpty() && extensions.isEmpty() && template.isEmpty();
    }

    /** @return DER */
    public byte[] encode() {
        var all = new ASN1EncodableVector();
        types.forEach(all::add);
        key.ifPresent(wish -> all.add(wish.attribute()));
        if (!extensions.isEmpty()) {
            var whole = new Extensions(extensions.toArray(Extension[]::new));
            all.add(new Attribute(AttributesReader.EXTENSION_REQUEST, new DERSet(whole)));
        }
        template.ifPresent(blanks -> all.add(blanks.attribute()));
        try {
            return new DERSequence(all).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("what was asked for always encodes", e);
        }
    }

    /**
     * Reads what a server sent. Attributes this class does not know are listed by their type alone.
     *
     * @throws MalformedMessageException if it is no CsrAttrs, or one of its known parts is not what it should be
     */
    public static CsrAttributes parse(byte[] der) {
        if (der.length > MAX_BYTES) {
            throw new MalformedMessageException(WHAT + " has more than " + MAX_BYTES + " bytes");
        }
        DerScan.requireOneValue(der, WHAT);
        return Asn1.reading(WHAT, () -> read(Asn1.sequence(ASN1Primitive.fromByteArray(der), 0, MAX_ELEMENTS, WHAT)));
    }

    private static CsrAttributes read(ASN1Sequence elements) {
        List<ASN1ObjectIdentifier> types = new ArrayList<>();
        Optional<KeyWish> key = Optional.empty();
        List<Extension> extensions = new ArrayList<>();
        Optional<CsrTemplate> template = Optional.empty();
        for (ASN1Encodable element : elements) {
            if (element instanceof ASN1ObjectIdentifier type) {
                types.add(type);
                continue;
            }
            Attribute attribute = Attribute.getInstance(Asn1.sequence(element, 2, 2, "attribute"));
            if (attribute.getAttrType().equals(CsrTemplate.TYPE)) {
                template = Optional.of(CsrTemplate.read(attribute));
            } else if (attribute.getAttrType().equals(AttributesReader.EXTENSION_REQUEST)) {
                extensions.addAll(extensions(attribute));
            } else if (KeyWish.isKeyType(attribute.getAttrType())) {
                key = Optional.of(KeyWish.read(attribute));
            } else {
                types.add(attribute.getAttrType());
            }
        }
        return new CsrAttributes(types, key, extensions, template);
    }

    static List<Extension> extensions(Attribute attribute) {
        if (attribute.getAttrValues().size() != 1) {
            throw new MalformedMessageException("extensionRequest does not have exactly one value (RFC 9908, 3.2)");
        }
        Extensions extensions = Extensions.getInstance(attribute.getAttrValues().getObjectAt(0));
        return Arrays.stream(extensions.getExtensionOIDs())
                .map(extensions::getExtension)
                .toList();
    }
}
