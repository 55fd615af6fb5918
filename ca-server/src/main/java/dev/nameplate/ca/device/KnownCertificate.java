package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * What the records say of a certificate that somebody presents.
 *
 * @param device its holder, if that is a device
 * @param revokedAt also when it is only held
 * @param successorInUse a certificate that was issued for another key on the authority of this one, and has been used
 */
public record KnownCertificate(
        CertificateDer certificate,
        IssuerGeneration issuer,
        ProfileName profile,
        Holder holder,
        Optional<Device> device,
        Times times,
        Optional<Instant> revokedAt,
        Optional<SerialNumber> successorInUse) {
    /**
     * @param issuedAt when it was recorded
     * @param firstUsedAt when its holder first authenticated with it
     */
    public record Times(Instant issuedAt, Optional<Instant> firstUsedAt) {}

    public Instant issuedAt() {
        return times.issuedAt();
    }

    public Optional<Instant> firstUsedAt() {
        return times.firstUsedAt();
    }
}
