package dev.nameplate.hsm;

/** No token of that label where it was looked for. */
public final class NoSuchTokenException extends VaultException {
    public NoSuchTokenException(String message) {
        super(message);
    }

    public NoSuchTokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
