package dev.nameplate.ca.storm;

import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How many enrolments the CA takes on. Messages name the key inside {@code storm}.
 *
 * @param perSecond of everyone together
 * @param nearlyExpired how much of its validity is left to a certificate whose renewal goes first, in percent; 0: none does
 * @param longestWait that anyone is told to stay away; an hour's backlog is spread over an hour
 */
public record StormSettings(
        int perSecond,
        Places places,
        int nearlyExpired,
        Duration longestWait,
        PerDevice perDevice,
        List<Cohort> cohorts) {
    private static final int FASTEST = 1_000_000;

    /**
     * Of those who are let in.
     *
     * @param atWork at once; each is in the database, in the token, or in between
     * @param waiting in each lane, for their turn, their request being here already
     * @param patience how long one waits at most
     */
    public record Places(int atWork, int waiting, Duration patience) {
        public Places {
            check("at-work", atWork, 1, 10_000);
            check("waiting", waiting, 0, 100_000);
            check("patience", patience, Duration.ZERO, Duration.ofMinutes(1));
        }
    }

    /**
     * How often one device may ask. What is spent comes back evenly over the period.
     *
     * @param tracked how many devices are remembered at once
     */
    public record PerDevice(int requests, Duration period, int tracked) {
        public PerDevice {
            check("per-device.requests", requests, 1, FASTEST);
            check("per-device.period", period, Duration.ofSeconds(1), Duration.ofDays(7));
            check("per-device.tracked", tracked, 1000, 10_000_000);
        }
    }

    /** Those that enrol at this label, for this profile, under this issuer: whatever is given has to fit. */
    public record Cohort(
            String name,
            Optional<LabelName> label,
            Optional<ProfileName> profile,
            Optional<IssuerName> issuer,
            int perSecond) {
        public Cohort {
            check("cohorts." + name + ".per-second", perSecond, 1, FASTEST);
            if (label.isEmpty() && profile.isEmpty() && issuer.isEmpty()) {
                throw new IllegalArgumentException(
                        "cohorts." + name + " names neither a label, a profile nor an issuer");
            }
        }

        boolean has(Candidate candidate) {
            return label.map(candidate.label()::equals).orElse(true)
                    && profile.map(candidate.profile()::equals).orElse(true)
                    && issuer.map(candidate.issuer()::equals).orElse(true);
        }
    }

    public StormSettings {
        check("per-second", perSecond, 1, FASTEST);
        check("nearly-expired", nearlyExpired, 0, 100);
        check("longest-wait", longestWait, Duration.ofSeconds(2), Duration.ofDays(1));
        cohorts = List.copyOf(cohorts);
    }

    /** What a machine with a few cores bears, and what one device in order never needs. */
    public static StormSettings defaults() {
        return new StormSettings(
                5_000,
                new Places(64, 128, Duration.ofSeconds(2)),
                33,
                Duration.ofHours(1),
                new PerDevice(60, Duration.ofHours(1), 100_000),
                List.of());
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " is not " + least + " to " + most + ": " + value);
        }
    }

    private static void check(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(key + " is not " + least + " to " + most + ": " + value);
        }
    }
}
