package dev.nameplate.ca.edge.http;

import java.time.Duration;

/**
 * How large and how slow a request may be.
 *
 * @param maxBodyBytes over it: 413
 * @param maxHeaderBytes request line and header together; over it: 431
 * @param maxPathBytes path and query, as sent; over it: 414
 * @param arrivalTime within which header and body must have arrived, the TLS handshake of a new connection included; over
 *     it the connection is closed
 */
public record RequestLimits(int maxBodyBytes, int maxHeaderBytes, int maxPathBytes, Duration arrivalTime) {
    private static final int MAX_BODY = 64 * 1024 * 1024;
    private static final int MAX_HEADER = 256 * 1024;

    public RequestLimits {
        Bounds.check("max-body-bytes", maxBodyBytes, 0, MAX_BODY);
        Bounds.check("max-header-bytes", maxHeaderBytes, 1024, MAX_HEADER);
        Bounds.check("max-path-bytes", maxPathBytes, 64, maxHeaderBytes);
        Bounds.check("arrival-time", arrivalTime, Duration.ofMillis(100), Duration.ofMinutes(10));
    }
}
