package dev.nameplate.ca.renewal;

import java.time.Duration;
import java.util.Optional;

/**
 * When a certificate is to be renewed, as for RFC 9773.
 *
 * @param why if it is pulled forward
 * @param askAgain after this
 */
public record Advice(Window window, Optional<Pull.Why> why, Duration askAgain) {}
