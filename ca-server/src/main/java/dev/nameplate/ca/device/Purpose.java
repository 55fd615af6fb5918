package dev.nameplate.ca.device;

import java.util.List;
import java.util.Locale;

/** What a device wants: a certificate, or another one in place of the certificate it shows. */
public enum Purpose {
    ENROL,
    REENROL;

    /** @throws IllegalArgumentException naming the accepted words */
    public static Purpose parse(String text) {
        for (Purpose purpose : values()) {
            if (purpose.toString().equals(text)) {
                return purpose;
            }
        }
        throw new IllegalArgumentException("decision.on: " + text + " is not one of " + List.of(values()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
