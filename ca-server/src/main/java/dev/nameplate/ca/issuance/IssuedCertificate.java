package dev.nameplate.ca.issuance;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Standing;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate as recorded.
 *
 * @param round how often this very request was answered with a new certificate before this one: 0 for the first
 * @param firstUsedAt when its holder first authenticated with it
 */
public record IssuedCertificate(
        CertificateDer certificate,
        IssuerGeneration issuer,
        ProfileName profile,
        Holder holder,
        LabelName label,
        int round,
        Standing standing,
        Optional<Instant> firstUsedAt) {

    public SerialNumber serial() {
        return certificate.serial();
    }

    public Instant notBefore() {
        return certificate.parsed().getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return certificate.parsed().getNotAfter().toInstant();
    }
}
