package dev.nameplate.hsm;

/** The token cannot store another object: full, or write protected. */
public final class TokenFullException extends VaultException {
    public TokenFullException(String message) {
        super(message);
    }

    public TokenFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
