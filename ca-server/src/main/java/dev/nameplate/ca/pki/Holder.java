package dev.nameplate.ca.pki;

import java.util.Locale;

/**
 * Whom a certificate was issued to and whose a key is, for ever. Written {@code kind:name}, as in {@code device:sensor-17}.
 *
 * @param name a device id, an operator's name, or what a key of the CA itself is for
 */
public record Holder(Kind kind, String name) {
    /** A device; a person or station at the operator door; a key of the CA itself (issuer, responder, door, audit). */
    public enum Kind {
        DEVICE,
        OPERATOR,
        CA
    }

    public Holder {
        if (name.isEmpty() || name.length() > 64) {
            throw new IllegalArgumentException("a holder's name has 1 to 64 characters: " + Text.shown(name));
        }
    }

    public static Holder of(DeviceId device) {
        return new Holder(Kind.DEVICE, device.value());
    }

    public static Holder of(OperatorName operator) {
        return new Holder(Kind.OPERATOR, operator.value());
    }

    public static Holder ofCa(String purpose) {
        return new Holder(Kind.CA, purpose);
    }

    /** @throws IllegalArgumentException if this is not {@code kind:name} */
    public static Holder parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("a holder is written kind:name: " + Text.shown(text));
        }
        return new Holder(Kind.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT)), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
    }
}
