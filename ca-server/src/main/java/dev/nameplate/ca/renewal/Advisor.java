package dev.nameplate.ca.renewal;

import dev.nameplate.ca.device.KnownCertificate;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Profiles;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Advises devices when to renew: within the window of their profile, or earlier where an operator pulled them forward. */
public final class Advisor {
    /** Of the profile's window, what is left for those that did not get through. */
    private static final int RESERVED_PART = 3;

    private final Profiles profiles;
    private final Pulls pulls;
    private final Duration askAgain;
    private final RandomGenerator random;

    /** @param askAgain how often devices are to ask, a tenth more or less */
    public Advisor(Profiles profiles, Pulls pulls, Duration askAgain, RandomGenerator random) {
        this.profiles = profiles;
        this.pulls = pulls;
        this.askAgain = askAgain;
        this.random = random;
    }

    public Advice adviceFor(KnownCertificate certificate) {
        Window own = ownWindow(certificate).shareOf(certificate.certificate().fingerprint());
        Optional<Pull> pull = pulls.concerning(certificate);
        Window pulled = pull.map(Pull::window)
                .map(window -> window.shareOf(certificate.certificate().fingerprint()))
                .filter(share -> share.end().isBefore(own.end()))
                .orElse(own);
        return new Advice(pulled, pulled.equals(own) ? Optional.empty() : pull.map(Pull::why), interval());
    }

    /** The last third of the validity, if its profile says nothing of when to renew. */
    private Window ownWindow(KnownCertificate certificate) {
        Instant notBefore = certificate.certificate().parsed().getNotBefore().toInstant();
        Instant notAfter = certificate.certificate().parsed().getNotAfter().toInstant();
        Duration validity = Duration.between(notBefore, notAfter);
        Duration due = profiles.find(certificate.profile())
                .map(Profile::renewal)
                .map(renewal -> renewal.window())
                .filter(window -> window.isPositive() && window.compareTo(validity) < 0)
                .orElse(validity.dividedBy(3));
        return new Window(notAfter.minus(due), notAfter.minus(due.dividedBy(RESERVED_PART)));
    }

    private Duration interval() {
        long seconds = askAgain.toSeconds();
        return Duration.ofSeconds(seconds - seconds / 10 + random.nextLong(seconds / 5 + 1));
    }
}
