package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.KnownCertificate;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.policy.Renewal;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Renews no certificate before its time where the profile says so, unless somebody called for it. */
public final class EarlyRenewals {
    private final Profiles profiles;
    private final CalledForward called;
    private final InstantSource clock;

    public EarlyRenewals(Profiles profiles, CalledForward called, InstantSource clock) {
        this.profiles = profiles;
        this.called = called;
        this.clock = clock;
    }

    /** Certificates whose renewal an operator wants before its time. */
    @FunctionalInterface
    public interface CalledForward {
        CalledForward NONE = (_, _) -> false;

        boolean isCalled(KnownCertificate certificate, Instant now);
    }

    Optional<Refusal> objectionTo(KnownCertificate certificate, EnrolmentLabel label) {
        Renewal renewal = profiles.named(label.profile()).renewal();
        if (renewal.early() == Renewal.Early.RENEWED || !certificate.profile().equals(label.profile())) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant notAfter = certificate.certificate().parsed().getNotAfter().toInstant();
        return renewal.due(notAfter, now) || called.isCalled(certificate, now)
                ? Optional.empty()
                : Optional.of(tooEarly(certificate, renewal.dueFrom(notAfter), now));
    }

    private static Refusal tooEarly(KnownCertificate certificate, Instant from, Instant now) {
        return new Refusal.RenewalTooEarly(certificate.certificate().serial(), from, Duration.between(now, from));
    }
}
