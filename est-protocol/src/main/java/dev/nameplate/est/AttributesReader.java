package dev.nameplate.est;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.microsoft.MicrosoftObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Reads the attributes of a certification request (RFC 2986, 4.1). A type given twice is refused, not merged. */
final class AttributesReader {
    static final ASN1ObjectIdentifier EXTENSION_REQUEST = PKCSObjectIdentifiers.pkcs_9_at_extensionRequest;
    static final ASN1ObjectIdentifier MICROSOFT_EXTENSION_REQUEST =
            MicrosoftObjectIdentifiers.microsoft.branch("2.1.14");
    static final ASN1ObjectIdentifier CHALLENGE_PASSWORD = PKCSObjectIdentifiers.pkcs_9_at_challengePassword;
    static final ASN1ObjectIdentifier OTP_CHALLENGE = PKCSObjectIdentifiers.id_aa.branch("56");
    static final ASN1ObjectIdentifier REVOCATION_CHALLENGE = PKCSObjectIdentifiers.id_aa.branch("57");
    static final ASN1ObjectIdentifier EST_IDENTITY_LINKING = PKCSObjectIdentifiers.id_aa.branch("58");
    static final ASN1ObjectIdentifier CHANGE_SUBJECT_NAME = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.7.36");

    private static final int MAX_ATTRIBUTES = 64;
    private static final int MAX_EXTENSIONS = 64;

    private final Map<ASN1ObjectIdentifier, Attribute> byType;

    private AttributesReader(Map<ASN1ObjectIdentifier, Attribute> byType) {
        this.byType = byType;
    }

    static RequestAttributes read(ASN1Encodable tagged) {
        return new AttributesReader(byType(set(tagged))).read();
    }

    private RequestAttributes read() {
        Optional<Extensions> extensions = extensions();
        return new RequestAttributes(
                byType,
                extensions,
                subjectAltNames(extensions),
                string(CHALLENGE_PASSWORD, "challengePassword"),
                string(OTP_CHALLENGE, "otpChallenge"),
                string(REVOCATION_CHALLENGE, "revocationChallenge"),
                string(EST_IDENTITY_LINKING, "estIdentityLinking"),
                value(CHANGE_SUBJECT_NAME, "changeSubjectName").map(ChangeSubjectName::read));
    }

    private static ASN1Set set(ASN1Encodable tagged) {
        if (!(tagged instanceof ASN1TaggedObject object) || !object.hasContextTag(0)) {
            throw new MalformedMessageException("attributes of the certification request are not tagged [0]");
        }
        return Asn1.reading("attributes", () -> (ASN1Set) object.getBaseUniversal(false, BERTags.SET));
    }

    private static Map<ASN1ObjectIdentifier, Attribute> byType(ASN1Set attributes) {
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new MalformedMessageException("more than " + MAX_ATTRIBUTES + " attributes");
        }
        var byType = new LinkedHashMap<ASN1ObjectIdentifier, Attribute>();
        for (ASN1Encodable element : attributes) {
            Attribute attribute = attribute(element);
            if (byType.put(attribute.getAttrType(), attribute) != null) {
                throw new MalformedMessageException("attribute " + attribute.getAttrType() + " is given twice");
            }
        }
        return byType;
    }

    private static Attribute attribute(ASN1Encodable element) {
        Asn1.sequence(element, 2, 2, "attribute");
        Attribute attribute = Asn1.reading("attribute", () -> Attribute.getInstance(element));
        if (attribute.getAttrValues().size() == 0) {
            throw new MalformedMessageException("attribute " + attribute.getAttrType() + " has no value");
        }
        return attribute;
    }

    private Optional<Extensions> extensions() {
        Optional<ASN1Encodable> standard = value(EXTENSION_REQUEST, "extensionRequest");
        Optional<ASN1Encodable> microsoft = value(MICROSOFT_EXTENSION_REQUEST, "Microsoft's extensionRequest");
        if (standard.isPresent() && microsoft.isPresent()) {
            throw new MalformedMessageException(
                    "extensions are requested twice, in extensionRequest and in Microsoft's");
        }
        return standard.or(() -> microsoft).map(AttributesReader::extensions);
    }

    private static Extensions extensions(ASN1Encodable value) {
        ASN1Sequence sequence = Asn1.sequence(value, 1, MAX_EXTENSIONS, "extensionRequest");
        Extensions extensions = Asn1.reading("extensionRequest", () -> Extensions.getInstance(sequence));
        for (ASN1ObjectIdentifier oid : extensions.getExtensionOIDs()) {
            byte[] content = extensions.getExtensionValue(oid).getOctets();
            DerScan.requireOneValue(content, "value of requested extension " + oid);
        }
        return extensions;
    }

    private static Optional<GeneralNames> subjectAltNames(Optional<Extensions> extensions) {
        return extensions
                .map(requested -> requested.getExtension(Extension.subjectAlternativeName))
                .map(extension -> Names.generalNames(
                        Asn1.reading("requested subjectAltName", extension::getParsedValue),
                        "requested subjectAltName"));
    }

    private Optional<String> string(ASN1ObjectIdentifier type, String what) {
        return value(type, what).map(value -> Asn1.string(value, what));
    }

    private Optional<ASN1Encodable> value(ASN1ObjectIdentifier type, String what) {
        return Optional.ofNullable(byType.get(type)).map(attribute -> {
            ASN1Set values = attribute.getAttrValues();
            if (values.size() != 1) {
                throw new MalformedMessageException(what + " has " + values.size() + " values instead of one");
            }
            return values.getObjectAt(0);
        });
    }
}
