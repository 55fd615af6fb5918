package dev.nameplate.est;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/**
 * A certification request with blanks (CertificationRequestInfoTemplate of RFC 9908, 3.4).
 *
 * @param subject the names that are wanted, in order; nothing is wanted of the subject if there are none
 * @param key the kind of key, if the server insists on one
 * @param extensions each once
 * @param attributes the types of attributes that the client fills in, as challengePassword
 */
public record CsrTemplate(
        List<Name> subject,
        Optional<KeyWish> key,
        List<WantedExtension> extensions,
        List<ASN1ObjectIdentifier> attributes) {
    static final ASN1ObjectIdentifier TYPE = new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.61");
    static final ASN1ObjectIdentifier EXTENSION_REQUEST_TEMPLATE =
            new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.62");
    private static final String WHAT = "template";
    private static final int MAX = 64;

    /**
     * One name of the subject.
     *
     * @param value a string; for the client to fill in, if empty
     */
    public record Name(ASN1ObjectIdentifier type, Optional<ASN1Encodable> value) {}

    /**
     * One extension.
     *
     * @param value its DER; for the client to fill in, if empty
     */
    public record WantedExtension(ASN1ObjectIdentifier type, boolean critical, Optional<ASN1OctetString> value) {
        public static WantedExtension of(Extension extension) {
            return new WantedExtension(
                    extension.getExtnId(), extension.isCritical(), Optional.of(extension.getExtnValue()));
        }

        private Extension whole() {
            return new Extension(type, critical, value.orElseThrow());
        }
    }

    public CsrTemplate {
        subject = List.copyOf(subject);
        extensions = List.copyOf(extensions);
        attributes = List.copyOf(attributes);
    }

    Attribute attribute() {
        var template = new ASN1EncodableVector();
        template.add(new ASN1Integer(0));
        if (!subject.isEmpty()) {
            template.add(new DERSequence(
                    subject.stream().map(CsrTemplate::relativeName).toArray(ASN1Encodable[]::new)));
        }
        key.ifPresent(wish -> template.add(wish.template()));
        template.add(new DERTaggedObject(false, 1, new DERSet(attributesInTemplate())));
        return new Attribute(TYPE, new DERSet(new DERSequence(template)));
    }

    private ASN1EncodableVector attributesInTemplate() {
        var all = new ASN1EncodableVector();
        if (!extensions.isEmpty()) {
            all.add(extensionsAttribute());
        }
        attributes.forEach(type -> all.add(new Attribute(type, new DERSet())));
        return all;
    }

    /** The template of extensions is for extensions with a blank alone. */
    private Attribute extensionsAttribute() {
        if (extensions.stream().allMatch(wanted -> wanted.value().isPresent())) {
            var whole = new Extensions(
                    extensions.stream().map(WantedExtension::whole).toArray(Extension[]::new));
            return new Attribute(AttributesReader.EXTENSION_REQUEST, new DERSet(whole));
        }
        var templates = new DERSequence(
                extensions.stream().map(CsrTemplate::extensionTemplate).toArray(ASN1Encodable[]::new));
        return new Attribute(EXTENSION_REQUEST_TEMPLATE, new DERSet(templates));
    }

    private static DERSet relativeName(Name name) {
        var single = new ASN1EncodableVector();
        single.add(name.type());
        name.value().ifPresent(single::add);
        return new DERSet(new DERSequence(single));
    }

    private static DERSequence extensionTemplate(WantedExtension wanted) {
        var fields = new ASN1EncodableVector();
        fields.add(wanted.type());
        if (wanted.critical()) {
            fields.add(ASN1Boolean.TRUE);
        }
        wanted.value().ifPresent(value -> fields.add(new DEROctetString(value.getOctets())));
        return new DERSequence(fields);
    }

    static CsrTemplate read(Attribute attribute) {
        if (attribute.getAttrValues().size() != 1) {
            throw new MalformedMessageException("there is not exactly one template");
        }
        return Asn1.reading(
                WHAT, () -> read(Asn1.sequence(attribute.getAttrValues().getObjectAt(0), 2, 4, WHAT)));
    }

    private static CsrTemplate read(ASN1Sequence template) {
        if (!ASN1Integer.getInstance(template.getObjectAt(0)).hasValue(0)) {
            throw new MalformedMessageException("version of the template is not 0");
        }
        List<Name> subject = List.of();
        Optional<KeyWish> key = Optional.empty();
        List<Attribute> attributes = new ArrayList<>();
        for (int i = 1; i < template.size(); i++) {
            ASN1Encodable field = template.getObjectAt(i);
            if (!(field instanceof ASN1TaggedObject tagged)) {
                subject = names(Asn1.sequence(field, 1, MAX, "subject of the template"));
            } else if (tagged.hasContextTag(0)) {
                key = Optional.of(
                        KeyWish.readTemplate((ASN1Sequence) tagged.getBaseUniversal(false, BERTags.SEQUENCE)));
            } else {
                ((ASN1Set) tagged.getBaseUniversal(false, BERTags.SET))
                        .forEach(one -> attributes.add(Attribute.getInstance(one)));
            }
        }
        return new CsrTemplate(subject, key, extensions(attributes), others(attributes));
    }

    private static List<Name> names(ASN1Sequence relativeNames) {
        List<Name> names = new ArrayList<>();
        for (ASN1Encodable relative : relativeNames) {
            for (ASN1Encodable single : ASN1Set.getInstance(relative)) {
                ASN1Sequence fields = Asn1.sequence(single, 1, 2, "name in the template");
                names.add(new Name(
                        ASN1ObjectIdentifier.getInstance(fields.getObjectAt(0)),
                        fields.size() == 2 ? Optional.of(fields.getObjectAt(1)) : Optional.empty()));
            }
        }
        return names;
    }

    private static List<WantedExtension> extensions(List<Attribute> attributes) {
        List<WantedExtension> wanted = new ArrayList<>();
        for (Attribute attribute : attributes) {
            if (attribute.getAttrType().equals(EXTENSION_REQUEST_TEMPLATE)) {
                Asn1.sequence(attribute.getAttrValues().getObjectAt(0), 1, MAX, "extensions of the template")
                        .forEach(one -> wanted.add(extension(Asn1.sequence(one, 1, 3, "extension of the template"))));
            } else if (attribute.getAttrType().equals(AttributesReader.EXTENSION_REQUEST)) {
                CsrAttributes.extensions(attribute).forEach(whole -> wanted.add(WantedExtension.of(whole)));
            }
        }
        return wanted;
    }

    private static WantedExtension extension(ASN1Sequence fields) {
        boolean critical = false;
        Optional<ASN1OctetString> value = Optional.empty();
        for (int i = 1; i < fields.size(); i++) {
            if (fields.getObjectAt(i) instanceof ASN1Boolean said) {
                critical = said.isTrue();
            } else {
                value = Optional.of(ASN1OctetString.getInstance(fields.getObjectAt(i)));
            }
        }
        return new WantedExtension(ASN1ObjectIdentifier.getInstance(fields.getObjectAt(0)), critical, value);
    }

    private static List<ASN1ObjectIdentifier> others(List<Attribute> attributes) {
        return attributes.stream()
                .map(Attribute::getAttrType)
                .filter(type ->
                        !type.equals(EXTENSION_REQUEST_TEMPLATE) && !type.equals(AttributesReader.EXTENSION_REQUEST))
                .toList();
    }
}
