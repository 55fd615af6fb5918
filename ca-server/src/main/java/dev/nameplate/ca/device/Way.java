package dev.nameplate.ca.device;

import java.util.List;
import java.util.Locale;

/** A way for a device to prove who it is. */
public enum Way {
    /** A client certificate this CA issued. */
    CERTIFICATE,
    /** A client certificate under one of the label's manufacturer anchors (IDevID, IEEE 802.1AR). */
    MANUFACTURER,
    /** HTTP Basic: the device id and a one-time code (RFC 7030, 3.2.3). */
    CODE,
    /** HTTP Digest, with SHA-256 (RFC 7616): the same, without the code in the request. */
    DIGEST,
    /** The word of a registration authority: a device whose certificate of this CA has id-kp-cmcRA (RFC 7030, 3.7). */
    RA;

    /** @throws IllegalArgumentException naming the accepted words */
    public static Way parse(String text) {
        for (Way way : values()) {
            if (way.toString().equals(text)) {
                return way;
            }
        }
        throw new IllegalArgumentException("way is not one of " + List.of(values()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
