package dev.nameplate.hsm;

/** The token or its module answered with an error that has no meaning of its own here; the message has its name. */
public final class TokenRefusedException extends VaultException {
    public TokenRefusedException(String message) {
        super(message);
    }

    public TokenRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
