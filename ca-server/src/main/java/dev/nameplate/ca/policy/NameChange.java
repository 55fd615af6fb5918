package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.Csr;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * The names that a certificate shall have instead of those of the request (RFC 6402, 2.8). What is absent, the new certificate has
 * none of; the tag that the RFC forgot before the alternative names (erratum 3943) is there or is not.
 */
record NameChange(Optional<X500Name> subject, List<GeneralName> alternatives) {
    static final ASN1ObjectIdentifier ATTRIBUTE = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.7.36");
    private static final X500Name NONE = X500Name.getInstance(new org.bouncycastle.asn1.DERSequence());

    /** @throws IllegalArgumentException if it is there and not well formed */
    static Optional<NameChange> in(Csr csr) {
        return csr.attributeValues().stream()
                .filter(attribute -> attribute.getAttrType().equals(ATTRIBUTE))
                .findFirst()
                .map(attribute -> read(ASN1Sequence.getInstance(attribute.getAttributeValues()[0])));
    }

    X500Name subjectOrNone() {
        return subject.orElse(NONE);
    }

    private static NameChange read(ASN1Sequence fields) {
        if (fields.size() < 1 || fields.size() > 2) {
            throw new IllegalArgumentException("changeSubjectName has " + fields.size() + " fields");
        }
        ASN1Encodable first = fields.getObjectAt(0);
        if (!isName(first)) {
            return new NameChange(Optional.empty(), alternatives(first));
        }
        return new NameChange(
                Optional.of(X500Name.getInstance(first)),
                fields.size() == 1 ? List.of() : alternatives(fields.getObjectAt(1)));
    }

    private static boolean isName(ASN1Encodable field) {
        return field instanceof ASN1Sequence sequence
                && (sequence.size() == 0 || sequence.getObjectAt(0) instanceof ASN1Set);
    }

    private static List<GeneralName> alternatives(ASN1Encodable field) {
        GeneralNames names = field instanceof ASN1TaggedObject tagged && tagged.hasContextTag(1)
                ? GeneralNames.getInstance(tagged, false)
                : GeneralNames.getInstance(field);
        return Arrays.asList(names.getNames());
    }
}
