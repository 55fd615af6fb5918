package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.CertificateDer;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Proof that somebody is a registration authority of this CA: the records have the very certificate that says so. */
public final class RegistrationAuthority {
    private static final KeyPurposeId CMC_RA = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.28"));

    private final AuthenticatedDevice itself;

    RegistrationAuthority(AuthenticatedDevice itself) {
        this.itself = itself;
    }

    /** @return nothing if the certificate that this device showed makes it none (RFC 6402, 2.10) */
    public static Optional<RegistrationAuthority> of(AuthenticatedDevice device) {
        return device.certificate()
                .filter(known -> isAuthority(known.certificate()))
                .map(_ -> new RegistrationAuthority(device));
    }

    static boolean isAuthority(CertificateDer certificate) {
        ExtendedKeyUsage purposes =
                ExtendedKeyUsage.fromExtensions(certificate.parsed().getExtensions());
        return purposes != null && purposes.hasKeyPurposeId(CMC_RA);
    }

    /** The device that is the authority. */
    public AuthenticatedDevice itself() {
        return itself;
    }
}
