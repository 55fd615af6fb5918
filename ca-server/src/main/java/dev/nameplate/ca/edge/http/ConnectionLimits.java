package dev.nameplate.ca.edge.http;

import java.time.Duration;

/**
 * How many may come at once.
 *
 * @param maxConnections over it new ones wait in the accept queue, and idle ones are closed early
 * @param maxConcurrentRequests requests in work, their bodies already here; over it: 503 at once
 * @param acceptQueue connections the kernel keeps waiting
 * @param maxHandshakes TLS handshakes being computed; the others wait in the order in which they came
 * @param idleTime after which a connection on which nothing moves is closed
 */
public record ConnectionLimits(
        int maxConnections, int maxConcurrentRequests, int acceptQueue, int maxHandshakes, Duration idleTime) {
    public ConnectionLimits {
        Bounds.check("max-connections", maxConnections, 1, 1_000_000);
        Bounds.check("max-concurrent-requests", maxConcurrentRequests, 1, 100_000);
        Bounds.check("accept-queue", acceptQueue, 1, 65_535);
        Bounds.check("max-handshakes", maxHandshakes, 1, 10_000);
        Bounds.check("idle-time", idleTime, Duration.ofMillis(100), Duration.ofHours(1));
    }
}
