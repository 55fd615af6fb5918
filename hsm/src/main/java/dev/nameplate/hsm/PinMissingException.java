package dev.nameplate.hsm;

/** The PIN could not be read from where it is kept. */
public final class PinMissingException extends VaultException {
    public PinMissingException(String message) {
        super(message);
    }

    public PinMissingException(String message, Throwable cause) {
        super(message, cause);
    }
}
