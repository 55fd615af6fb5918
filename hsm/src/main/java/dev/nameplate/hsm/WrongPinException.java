package dev.nameplate.hsm;

/** The token refused the PIN. Never tried again by itself, because tokens lock after a few wrong ones. */
public final class WrongPinException extends VaultException {
    public WrongPinException(String message) {
        super(message);
    }

    public WrongPinException(String message, Throwable cause) {
        super(message, cause);
    }
}
