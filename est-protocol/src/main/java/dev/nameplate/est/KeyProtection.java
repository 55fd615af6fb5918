package dev.nameplate.est;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** How a client wants a key that the server makes for it (RFC 7030, 4.4.1). */
public sealed interface KeyProtection {
    ASN1ObjectIdentifier DECRYPT_KEY_IDENTIFIER = PKCSObjectIdentifiers.id_aa.branch("37");
    ASN1ObjectIdentifier ASYMMETRIC_DECRYPT_KEY_IDENTIFIER = PKCSObjectIdentifiers.id_aa.branch("54");
    ASN1ObjectIdentifier SMIME_CAPABILITIES = PKCSObjectIdentifiers.pkcs_9_at_smimeCapabilities;

    int MAX_ID_OCTETS = 255;
    int MAX_CAPABILITIES = 64;

    /** By TLS alone: the request names no key. */
    record ByTlsAlone() implements KeyProtection {}

    /** By a secret that both ends have (RFC 7030, 4.4.1.1). */
    record BySecret(ASN1OctetString id, Capabilities capabilities) implements KeyProtection {}

    /** By a public key of the client (RFC 7030, 4.4.1.2). */
    record ByPublicKey(ASN1OctetString id, Capabilities capabilities) implements KeyProtection {}

    /** @throws MalformedMessageException if an attribute is malformed, or two keys are named */
    static KeyProtection of(Pkcs10 csr) {
        Optional<ASN1OctetString> secret = id(csr, DECRYPT_KEY_IDENTIFIER, "decryptKeyIdentifier");
        Optional<ASN1OctetString> key = id(csr, ASYMMETRIC_DECRYPT_KEY_IDENTIFIER, "asymmetricDecryptKeyIdentifier");
        if (secret.isPresent() && key.isPresent()) {
            throw new MalformedMessageException(
                    "decryptKeyIdentifier and asymmetricDecryptKeyIdentifier stand beside each other; name one key");
        }
        Capabilities capabilities = capabilities(csr);
        return secret.<KeyProtection>map(id -> new BySecret(id, capabilities))
                .or(() -> key.map(id -> new ByPublicKey(id, capabilities)))
                .orElseGet(ByTlsAlone::new);
    }

    private static Optional<ASN1OctetString> id(Pkcs10 csr, ASN1ObjectIdentifier type, String what) {
        return csr.attribute(type).map(attribute -> {
            if (!(only(attribute, what) instanceof ASN1OctetString id)
                    || id.getOctetsLength() == 0
                    || id.getOctetsLength() > MAX_ID_OCTETS) {
                throw new MalformedMessageException(what + " is not an OCTET STRING of 1 to 255 octets");
            }
            return id;
        });
    }

    private static Capabilities capabilities(Pkcs10 csr) {
        List<AlgorithmIdentifier> listed = new ArrayList<>();
        csr.attribute(SMIME_CAPABILITIES).ifPresent(attribute -> {
            for (ASN1Encodable one :
                    Asn1.sequence(only(attribute, "smimeCapabilities"), 1, MAX_CAPABILITIES, "smimeCapabilities")) {
                Asn1.sequence(one, 1, 2, "capability");
                listed.add(Asn1.reading("capability", () -> AlgorithmIdentifier.getInstance(one)));
            }
        });
        return new Capabilities(listed);
    }

    private static ASN1Encodable only(Attribute attribute, String what) {
        if (attribute.getAttrValues().size() != 1) {
            throw new MalformedMessageException(what + " does not have one value");
        }
        return attribute.getAttrValues().getObjectAt(0);
    }
}
