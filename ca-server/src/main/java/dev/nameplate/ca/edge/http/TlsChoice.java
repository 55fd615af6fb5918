package dev.nameplate.ca.edge.http;

import java.util.List;
import java.util.Locale;

/** Which TLS library a door uses, as the settings say. */
public enum TlsChoice {
    /** Conscrypt where its native library loads, the JDK's otherwise. */
    AUTO,
    CONSCRYPT,
    JDK;

    /** @throws IllegalArgumentException naming the accepted words */
    public static TlsChoice parse(String text) {
        for (TlsChoice choice : values()) {
            if (choice.toString().equals(text)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("tls provider is not one of " + List.of(values()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
