package dev.nameplate.ca.device;

import java.util.List;
import java.util.Locale;

/** What a label does with key attestation in requests. Nobody here verifies it. */
public enum Attestation {
    /** It is not looked at. */
    IGNORED,
    /** It is kept, and passed to whoever decides. */
    WHEN_GIVEN,
    /** As before; and a request without it is refused. */
    REQUIRED;

    /** @throws IllegalArgumentException naming the accepted words */
    public static Attestation parse(String text) {
        for (Attestation attestation : values()) {
            if (attestation.toString().equals(text)) {
                return attestation;
            }
        }
        throw new IllegalArgumentException("attestation is not one of " + List.of(values()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
