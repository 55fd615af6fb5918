package dev.nameplate.hsm;

/** A token of that label exists already. */
public final class TokenExistsException extends VaultException {
    public TokenExistsException(String message) {
        super(message);
    }

    public TokenExistsException(String message, Throwable cause) {
        super(message, cause);
    }
}
