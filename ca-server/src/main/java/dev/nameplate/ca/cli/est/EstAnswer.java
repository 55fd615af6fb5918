package dev.nameplate.ca.cli.est;

import java.time.Duration;
import java.util.Optional;

/**
 * What an EST server said.
 *
 * @param <T> what was asked for
 */
public sealed interface EstAnswer<T> {
    /** 200. */
    record Given<T>(T what) implements EstAnswer<T> {}

    /** 202, or 429 or 503: the same request again, later. */
    record Later<T>(int status, Optional<Duration> retryAfter, String text) implements EstAnswer<T> {}

    /** Any other status. */
    record Refused<T>(int status, String text) implements EstAnswer<T> {}
}
