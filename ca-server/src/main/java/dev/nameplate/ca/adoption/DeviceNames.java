package dev.nameplate.ca.adoption;

import dev.nameplate.ca.device.IdentityField;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Names;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Where in their subjects the certificates of the CA before say which device they are for. */
record DeviceNames(IdentityField field) {
    Optional<DeviceId> of(CertificateDer certificate) {
        ASN1ObjectIdentifier type = switch (field) {
            case COMMON_NAME -> BCStyle.CN;
            case SERIAL_NUMBER -> BCStyle.SERIALNUMBER;
        };
        List<String> values = Names.values(certificate.parsed().getSubject(), type);
        return values.size() == 1 ? DeviceId.from(values.getFirst()) : Optional.empty();
    }
}
