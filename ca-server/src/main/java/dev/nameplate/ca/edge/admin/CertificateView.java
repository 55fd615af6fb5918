package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.issuance.CertificateStatus;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate as the API shows it.
 *
 * @param fingerprint SHA-256 over its DER
 * @param revoked absent if it is good
 * @param firstUsedAt when its holder first authenticated with it
 */
record CertificateView(
        SerialNumber serial,
        IssuerGeneration issuer,
        ProfileName profile,
        Holder holder,
        LabelName label,
        String subject,
        Instant notBefore,
        Instant notAfter,
        Sha256 fingerprint,
        Optional<RevokedView> revoked,
        Optional<Instant> firstUsedAt) {

    static CertificateView of(IssuedCertificate issued) {
        return new CertificateView(
                issued.serial(),
                issued.issuer(),
                issued.profile(),
                issued.holder(),
                issued.label(),
                issued.certificate().parsed().getSubject().toString(),
                issued.notBefore(),
                issued.notAfter(),
                issued.certificate().fingerprint(),
                revoked(issued.status()),
                issued.firstUsedAt());
    }

    private static Optional<RevokedView> revoked(CertificateStatus status) {
        return switch (status) {
            case CertificateStatus.Good() -> Optional.empty();
            case CertificateStatus.Revoked(var at, var reason) -> Optional.of(new RevokedView(at, Optional.of(reason)));
        };
    }
}
