package dev.nameplate.hsm;

/** The token does not know this algorithm. */
public final class MechanismMissingException extends VaultException {
    public MechanismMissingException(String message) {
        super(message);
    }

    public MechanismMissingException(String message, Throwable cause) {
        super(message, cause);
    }
}
