package dev.nameplate.est;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * The names a certificate shall have instead of those of the request (RFC 6402, 2.8; RFC 7030, 4.2.1). Absent means: the
 * new certificate has none of that kind. At least one is there.
 *
 * <p>The RFC left out the tag that tells the two apart, and erratum 3943 put it in, so both forms are on the wire. They
 * are told apart by content: a Name holds SETs, GeneralNames hold tagged values.
 */
public record ChangeSubjectName(Optional<X500Name> subject, Optional<GeneralNames> subjectAlt) {
    private static final String WHAT = "changeSubjectName";

    public ChangeSubjectName {
        if (subject.isEmpty() && subjectAlt.isEmpty()) {
            throw new IllegalArgumentException("neither subject nor subjectAlt (RFC 6402, 2.8)");
        }
    }

    static ChangeSubjectName read(ASN1Encodable value) {
        ASN1Sequence fields = Asn1.sequence(value, 1, 2, WHAT);
        ASN1Encodable first = fields.getObjectAt(0);
        if (isName(first)) {
            Optional<X500Name> subject = Optional.of(Names.name(first, "subject in " + WHAT));
            return new ChangeSubjectName(
                    subject, fields.size() == 1 ? Optional.empty() : Optional.of(alternatives(fields.getObjectAt(1))));
        }
        if (fields.size() != 1) {
            throw new MalformedMessageException(WHAT + " does not begin with a subject");
        }
        return new ChangeSubjectName(Optional.empty(), Optional.of(alternatives(first)));
    }

    private static boolean isName(ASN1Encodable field) {
        return field instanceof ASN1Sequence sequence
                && (sequence.size() == 0 || sequence.getObjectAt(0) instanceof ASN1Set);
    }

    private static GeneralNames alternatives(ASN1Encodable field) {
        String what = "subjectAlt in " + WHAT;
        if (field instanceof ASN1TaggedObject tagged && tagged.hasContextTag(1)) {
            return Names.generalNames(Asn1.reading(what, () -> tagged.getBaseUniversal(false, BERTags.SEQUENCE)), what);
        }
        return Names.generalNames(field, what);
    }
}
