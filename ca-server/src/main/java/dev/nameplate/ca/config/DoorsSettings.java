package dev.nameplate.ca.config;

import dev.nameplate.ca.edge.http.DoorSettings;
import dev.nameplate.ca.edge.http.TlsChoice;
import java.net.URI;
import java.util.List;

/** The three doors. */
public record DoorsSettings(Https device, Http open, Https operator) {
    /**
     * A door with TLS.
     *
     * @param names DNS names and addresses that clients dial; they stand in the door's certificate
     */
    public record Https(DoorSettings listener, List<String> names, TlsChoice tls) {
        public Https {
            names = List.copyOf(names);
        }
    }

    /**
     * The public door.
     *
     * @param url how certificates name it; plain HTTP, without a slash at its end
     */
    public record Http(DoorSettings listener, URI url) {
        public Http {
            if (!"http".equals(url.getScheme())
                    || url.getHost() == null
                    || url.toString().endsWith("/")) {
                throw new IllegalArgumentException("url is not http://host[:port] without a slash at its end: " + url);
            }
        }
    }
}
