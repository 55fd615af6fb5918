package dev.nameplate.hsm.pkcs11;

import dev.nameplate.hsm.VaultListener;
import dev.nameplate.hsm.VaultUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the token is away, since when, and when bringing it back may be tried again. While it is away every call fails at
 * once, except one per interval.
 */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final String token;
    private final Duration interval;
    private final InstantSource clock;
    private final VaultListener listener;
    private volatile @Nullable Away away;
    private volatile long recoveries;
    private @Nullable Instant lastTry;

    Outage(Pkcs11Settings settings, InstantSource clock, VaultListener listener) {
        this.token = settings.tokenLabel();
        this.interval = settings.recoveryInterval();
        this.clock = clock;
        this.listener = listener;
    }

    /** How often the token has come back: a failure of work that began before the last time says nothing about now. */
    long recoveries() {
        return recoveries;
    }

    /** Fails at once while the token is away and no try is due. */
    void failFast() {
        Away now = away;
        if (now != null && now.confirmed() && !tryIsDue()) {
            throw unavailable(now.reason(), null);
        }
    }

    /**
     * Asks whether to try again.
     *
     * @return whether this call is the one to try bringing the token back
     * @throws VaultUnavailableException if the token is away and another call is
     */
    synchronized boolean admitsTry() {
        Away now = away;
        if (now == null || !now.confirmed()) {
            return false;
        }
        if (!takeTry()) {
            throw unavailable(now.reason(), null);
        }
        return true;
    }

    /** Whether starting the library over is allowed now; if so, the next time is an interval away. */
    synchronized boolean takeTry() {
        if (!tryIsDue()) {
            return false;
        }
        lastTry = clock.instant();
        return true;
    }

    /**
     * Something was lost; it may come back before anyone need be refused.
     *
     * @param since {@link #recoveries} when the work that lost it began
     */
    synchronized void suspect(long since, String reason) {
        if (away == null && since == recoveries) {
            away = new Away(clock.instant(), reason, false);
            LOG.warn("token {} lost: {}", token, reason);
            listener.lost(reason);
        }
    }

    /**
     * It did not come back: from now on calls fail at once.
     *
     * @param since {@link #recoveries} when the work that lost it began
     */
    synchronized VaultUnavailableException confirm(long since, String reason, @Nullable Throwable cause) {
        suspect(since, reason);
        Away now = away;
        if (now != null && since == recoveries) {
            away = new Away(now.since(), reason, true);
        }
        return unavailable(reason, cause);
    }

    synchronized void end() {
        Away past = away;
        if (past != null) {
            away = null;
            recoveries++;
            Duration lasted = Duration.between(past.since(), clock.instant());
            LOG.info("token {} is back after {}", token, lasted);
            listener.recovered(lasted);
        }
    }

    boolean confirmed() {
        Away now = away;
        return now != null && now.confirmed();
    }

    VaultUnavailableException unavailable(String reason, @Nullable Throwable cause) {
        String message = "token " + token + " is not available: " + reason;
        return cause == null
                ? new VaultUnavailableException(message, interval)
                : new VaultUnavailableException(message, interval, cause);
    }

    /** A clock that was set back makes a try due, rather than never. */
    private synchronized boolean tryIsDue() {
        Instant last = lastTry;
        Instant now = clock.instant();
        return last == null || now.isBefore(last) || !now.isBefore(last.plus(interval));
    }

    private record Away(Instant since, String reason, boolean confirmed) {}
}
