package dev.nameplate.ca.factory;

import java.util.Locale;

/** How far a unit is. The first seven follow one another; the last two end or interrupt them. */
public enum UnitState {
    RESERVED,
    /** Its key is known, its certificate is not made yet: harvested, or waiting for EST. */
    KEYED,
    ISSUED,
    /** The certificate is on the station's disk. */
    DELIVERED,
    /** The certificate is in the unit. */
    WRITTEN,
    /** The unit signed a nonce with the certificate's key. */
    VERIFIED,
    CLOSED,
    SCRAPPED,
    /** Taken back; the next key begins anew. */
    REWORK;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Which state a unit with a certificate is in before this one. */
    UnitState before() {
        return switch (this) {
            case DELIVERED -> ISSUED;
            case WRITTEN -> DELIVERED;
            case VERIFIED -> WRITTEN;
            case CLOSED -> VERIFIED;
            case RESERVED, KEYED, ISSUED, SCRAPPED, REWORK ->
                throw new IllegalStateException(word() + " does not follow on a certificate");
        };
    }

    /** It has a certificate and has not proved that it has the key. */
    public boolean unconfirmed() {
        return this == ISSUED || this == DELIVERED || this == WRITTEN;
    }

    public boolean confirmed() {
        return this == VERIFIED || this == CLOSED;
    }
}
