package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.CertificateDer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Reads one field of a subject. A subject that has it twice does not say which device this is. */
final class SubjectField {
    private SubjectField() {}

    static Optional<String> of(IdentityField field, CertificateDer certificate) {
        ASN1ObjectIdentifier type = switch (field) {
            case COMMON_NAME -> BCStyle.CN;
            case SERIAL_NUMBER -> BCStyle.SERIALNUMBER;
        };
        List<ASN1Encodable> values = Arrays.stream(
                        certificate.parsed().getSubject().getRDNs())
                .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
                .filter(attribute -> attribute.getType().equals(type))
                .map(AttributeTypeAndValue::getValue)
                .toList();
        return values.size() == 1 && values.getFirst() instanceof ASN1String text
                ? Optional.of(text.getString())
                : Optional.empty();
    }
}
