package dev.nameplate.ca.policy;

import java.time.Duration;
import java.time.Instant;

/**
 * When a certificate is renewed.
 *
 * @param window before its end, a certificate counts as due: the same request then gets a new one
 * @param grace how long after its end it still authenticates its own renewal
 */
public record Renewal(Duration window, Duration grace) {
    public Renewal {
        if (window.isNegative()) {
            throw new IllegalArgumentException("renewal.window is negative: " + window);
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("renewal.grace is negative: " + grace);
        }
    }

    public boolean due(Instant notAfter, Instant now) {
        return !now.isBefore(notAfter.minus(window));
    }
}
