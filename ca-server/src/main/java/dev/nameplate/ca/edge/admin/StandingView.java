package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Standing;
import java.util.Optional;

/**
 * Where a certificate stands now.
 *
 * @param revoked absent if it is good
 * @param before whether it was so already; then time and reason stay those of the first
 */
record StandingView(SerialNumber serial, IssuerGeneration issuer, Optional<RevokedView> revoked, Boolean before) {
    static StandingView of(CertificateName issued, Standing standing, Boolean before) {
        return new StandingView(issued.serial(), issued.issuer(), RevokedView.of(standing), before);
    }
}
