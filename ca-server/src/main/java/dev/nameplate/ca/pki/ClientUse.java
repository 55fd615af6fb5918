package dev.nameplate.ca.pki;

import java.util.Optional;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Whether a certificate says that its key may authenticate a TLS client (RFC 5280, 4.2.1.3, 4.2.1.9, 4.2.1.12). */
public final class ClientUse {
    private ClientUse() {}

    /** @return why not, if not */
    public static Optional<String> objectionTo(CertificateDer certificate) {
        try {
            return objectionTo(certificate.parsed().getExtensions());
        } catch (IllegalArgumentException | IllegalStateException malformed) {
            return Optional.of("its extensions cannot be read: " + Text.shown(String.valueOf(malformed.getMessage())));
        }
    }

    private static Optional<String> objectionTo(Extensions extensions) {
        BasicConstraints constraints = BasicConstraints.fromExtensions(extensions);
        if (constraints != null && constraints.isCA()) {
            return Optional.of("it is a CA certificate");
        }
        KeyUsage usage = KeyUsage.fromExtensions(extensions);
        if (usage != null && !usage.hasUsages(KeyUsage.digitalSignature)) {
            return Optional.of("its key usage lacks digitalSignature");
        }
        ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(extensions);
        if (purposes != null && !allowsClients(purposes)) {
            return Optional.of("its extended key usage lacks clientAuth");
        }
        return Optional.empty();
    }

    private static boolean allowsClients(ExtendedKeyUsage purposes) {
        return purposes.hasKeyPurposeId(KeyPurposeId.id_kp_clientAuth)
                || purposes.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage);
    }
}
