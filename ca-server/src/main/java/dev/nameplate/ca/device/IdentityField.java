package dev.nameplate.ca.device;

import java.util.List;
import java.util.Locale;

/** Where in its subject a manufacturer's certificate says which device this is. */
public enum IdentityField {
    COMMON_NAME,
    /** The attribute serialNumber (2.5.4.5), which IEEE 802.1AR wants in an IDevID; not the certificate's serial. */
    SERIAL_NUMBER;

    /** @throws IllegalArgumentException naming the accepted words */
    public static IdentityField parse(String text) {
        for (IdentityField field : values()) {
            if (field.toString().equals(text)) {
                return field;
            }
        }
        throw new IllegalArgumentException("identity is not one of " + List.of(values()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
