package dev.nameplate.ca.storm;

import java.util.Locale;

/** Who goes first. */
public enum Lane {
    /** The certificate that is being renewed has little of its validity left, or none. */
    NEARLY_EXPIRED,
    OTHERS;

    /** As in {@code nearly-expired}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
