package dev.nameplate.ca.factory;

import java.util.Locale;

/** Where the keys of a batch are born. */
public enum KeyOrigin {
    /** In the device; the station carries the request in and the certificate out. */
    DEVICE,

    /** In the CA's token, which gives them away wrapped and destroys them. */
    INJECTED,

    /** In the device; the factory only reads the public key, and the device enrols over EST later. */
    HARVESTED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
