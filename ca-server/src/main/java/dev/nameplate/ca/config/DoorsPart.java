package dev.nameplate.ca.config;

import static dev.nameplate.ca.config.Words.duration;
import static dev.nameplate.ca.config.Words.or;

import dev.nameplate.ca.edge.http.ConnectionLimits;
import dev.nameplate.ca.edge.http.DoorSettings;
import dev.nameplate.ca.edge.http.RequestLimits;
import dev.nameplate.ca.edge.http.TlsChoice;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code doors}. */
final class DoorsPart {
    private static final SettingsFile.Door NOTHING = new SettingsFile.Door(null, null, null, null, null, null, null);
    private static final SettingsFile.Requests USUAL_REQUESTS = new SettingsFile.Requests(null, null, null, null);
    private static final SettingsFile.Connections USUAL_CONNECTIONS =
            new SettingsFile.Connections(null, null, null, null, null);
    private static final String EVERYWHERE = "0.0.0.0";
    private static final String HERE = "127.0.0.1";
    private static final List<String> LOCAL_NAMES = List.of("localhost", HERE);
    /** Enough for every core to have work while a step of a handshake ends. */
    private static final int HANDSHAKES_PER_CORE = 2;

    private static final int MAX_CSR_BODY = 64 * 1024;
    private static final int MAX_API_BODY = 256 * 1024;

    private final Problems problems;

    DoorsPart(Problems problems) {
        this.problems = problems;
    }

    DoorsSettings read(SettingsFile.Doors doors) {
        var device = problems.at("doors.device", () -> device(or(doors.device(), NOTHING)));
        var open = problems.at("doors.public", () -> open(or(doors.open(), NOTHING)));
        var operator = problems.at("doors.operator", () -> operator(or(doors.operator(), NOTHING)));
        return new DoorsSettings(problems.whole(device), problems.whole(open), problems.whole(operator));
    }

    private static DoorsSettings.Https device(SettingsFile.Door door) {
        refuse("url", door.url());
        return new DoorsSettings.Https(
                listener(door, EVERYWHERE, 8443, MAX_CSR_BODY), names(door), TlsChoice.parse(or(door.tls(), "auto")));
    }

    private static DoorsSettings.Http open(SettingsFile.Door door) {
        refuse("names", door.names());
        refuse("tls", door.tls());
        DoorSettings listener = listener(door, EVERYWHERE, 8080, MAX_CSR_BODY);
        return new DoorsSettings.Http(listener, URI.create(or(door.url(), "http://localhost:" + listener.port())));
    }

    private static DoorsSettings.Https operator(SettingsFile.Door door) {
        refuse("url", door.url());
        return new DoorsSettings.Https(
                listener(door, HERE, 9443, MAX_API_BODY), names(door), TlsChoice.parse(or(door.tls(), "auto")));
    }

    private static void refuse(String key, @Nullable Object value) {
        if (value != null) {
            throw new IllegalArgumentException(key + " is not for this door");
        }
    }

    private static List<String> names(SettingsFile.Door door) {
        List<String> names = or(door.names(), LOCAL_NAMES);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("names is empty: list what clients dial, such as ca.example.com");
        }
        return names;
    }

    private static DoorSettings listener(SettingsFile.Door door, String bind, int port, int maxBody) {
        return new DoorSettings(
                or(door.bind(), bind),
                or(door.port(), port),
                requests(or(door.requests(), USUAL_REQUESTS), maxBody),
                connections(or(door.connections(), USUAL_CONNECTIONS)));
    }

    private static RequestLimits requests(SettingsFile.Requests requests, int maxBody) {
        int header = or(requests.maxHeaderBytes(), 16 * 1024);
        return new RequestLimits(
                or(requests.maxBodyBytes(), maxBody),
                header,
                or(requests.maxPathBytes(), Math.min(2048, header)),
                duration("arrival-time", requests.arrivalTime(), Duration.ofSeconds(20)));
    }

    private static ConnectionLimits connections(SettingsFile.Connections connections) {
        return new ConnectionLimits(
                or(connections.maxConnections(), 5000),
                or(connections.maxConcurrentRequests(), 256),
                or(connections.acceptQueue(), 1024),
                or(
                        connections.maxHandshakes(),
                        HANDSHAKES_PER_CORE * Runtime.getRuntime().availableProcessors()),
                duration("idle-time", connections.idleTime(), Duration.ofSeconds(30)));
    }
}
