package dev.nameplate.ca.issuance;

import dev.nameplate.ca.pki.SerialNumber;

/** A random serial was drawn twice, or the random source is broken. Nothing was recorded. */
public final class SerialTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SerialTakenException(SerialNumber serial) {
        super("serial " + serial + " was used before");
    }
}
