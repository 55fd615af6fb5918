package dev.nameplate.ca.edge.http;

/**
 * Where a door listens and what it bears. Messages name the key inside the door's settings.
 *
 * @param bind an address of this machine, or {@code 0.0.0.0} or {@code ::} for all
 * @param port 0 for any free one
 */
public record DoorSettings(String bind, int port, RequestLimits requests, ConnectionLimits connections) {
    private static final int MAX_PORT = 65_535;

    public DoorSettings {
        if (bind.isBlank()) {
            throw new IllegalArgumentException("bind is empty: name an address, such as 127.0.0.1 or 0.0.0.0");
        }
        Bounds.check("port", port, 0, MAX_PORT);
    }
}
