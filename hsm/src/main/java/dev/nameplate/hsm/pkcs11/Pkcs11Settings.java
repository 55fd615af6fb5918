package dev.nameplate.hsm.pkcs11;

import dev.nameplate.hsm.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where the token is and how it may be used.
 *
 * @param module the PKCS#11 library
 * @param tokenLabel the token in it
 * @param pin gives a fresh copy of the user PIN at every login; the vault closes it after use. See {@link Secret#read}
 * @param maxSessions how many sessions, and so how many calls at once; some tokens allow 16 in all
 * @param maxWaiting how many more calls may wait for a session; those beyond are refused at once
 * @param sessionIdle an unused session is closed after this long
 * @param sessionWait how long a call waits for a session, and how long a started signature may take
 * @param recoveryInterval the least time between two attempts to bring a lost token back
 */
public record Pkcs11Settings(
        Path module,
        String tokenLabel,
        Supplier<Secret> pin,
        int maxSessions,
        int maxWaiting,
        Duration sessionIdle,
        Duration sessionWait,
        Duration recoveryInterval) {
    private static final int MOST_SESSIONS = 1024;
    private static final int MOST_WAITING = 100_000;
    private static final int LABEL_BYTES = 32;

    public Pkcs11Settings {
        requireLabel(tokenLabel);
        requireWithin("token.max-sessions", maxSessions, MOST_SESSIONS);
        requireWithin("token.max-waiting", maxWaiting, MOST_WAITING);
        requireWithin("token.session-idle", sessionIdle, Duration.ofDays(1));
        requireWithin("token.session-wait", sessionWait, Duration.ofMinutes(5));
        requireWithin("token.recovery-interval", recoveryInterval, Duration.ofMinutes(10));
    }

    /** Eight sessions, a thousand waiting, five minutes idle, two seconds' wait, two seconds between recoveries. */
    public static Pkcs11Settings of(Path module, String tokenLabel, Supplier<Secret> pin) {
        return new Pkcs11Settings(
                module, tokenLabel, pin, 8, 1000, Duration.ofMinutes(5), Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    static void requireLabel(String label) {
        int bytes = label.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (label.isBlank() || !label.strip().equals(label) || bytes > LABEL_BYTES) {
            throw new IllegalArgumentException("token.label must be 1 to " + LABEL_BYTES
                    + " bytes without space around it; it is '" + label + "'");
        }
    }

    private static void requireWithin(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(key + " must be between 1 and " + most + "; it is " + value);
        }
    }

    private static void requireWithin(String key, Duration value, Duration most) {
        if (!value.isPositive() || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    key + " must be longer than nothing and at most " + most + "; it is " + value);
        }
    }
}
