package dev.nameplate.ca.storm;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import java.time.Duration;
import java.time.Instant;

/**
 * A device that wants a certificate, as far as its turn depends on it.
 *
 * @param identity whose turns are counted together: the device's
 */
public record Candidate(String identity, LabelName label, ProfileName profile, IssuerName issuer, Lane lane) {
    /**
     * @param issuer of the label's profile
     * @param nearlyExpired how much of its validity is left to a certificate that counts as nearly expired, in percent
     */
    static Candidate of(
            AuthenticatedDevice device, EnrolmentLabel label, IssuerName issuer, int nearlyExpired, Instant now) {
        Lane lane = device.certificate()
                .filter(renewed -> isNearlyExpired(renewed.certificate(), nearlyExpired, now))
                .map(_ -> Lane.NEARLY_EXPIRED)
                .orElse(Lane.OTHERS);
        return new Candidate(device.device().id().value(), label.name(), label.profile(), issuer, lane);
    }

    private static boolean isNearlyExpired(CertificateDer certificate, int percent, Instant now) {
        Instant notBefore = certificate.parsed().getNotBefore().toInstant();
        Instant notAfter = certificate.parsed().getNotAfter().toInstant();
        long whole = Duration.between(notBefore, notAfter).toSeconds();
        long left = Duration.between(now, notAfter).toSeconds();
        return left <= whole / 100 * percent;
    }
}
