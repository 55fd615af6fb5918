package dev.nameplate.ca.edge.admin;

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
        String subject,
        Holder holder,
        Terms terms,
        Validity validity,
        Sha256 fingerprint,
        Optional<RevokedView> revoked,
        Optional<Instant> firstUsedAt) {

    /** By whom, as what and where it was issued. */
    record Terms(IssuerGeneration issuer, ProfileName profile, LabelName label) {}

    record Validity(Instant notBefore, Instant notAfter) {}

    static CertificateView of(IssuedCertificate issued) {
        return new CertificateView(
                issued.serial(),
                issued.certificate().parsed().getSubject().toString(),
                issued.holder(),
                new Terms(issued.issuer(), issued.profile(), issued.label()),
                new Validity(issued.notBefore(), issued.notAfter()),
                issued.certificate().fingerprint(),
                RevokedView.of(issued.standing()),
                issued.firstUsedAt());
    }
}
