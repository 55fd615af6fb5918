package dev.nameplate.hsm;

/** The vault could not do it. The message is for an operator, and never contains a PIN. */
public abstract sealed class VaultException extends RuntimeException
        permits KeyMissingException,
                KeyNotAcceptableException,
                MechanismMissingException,
                NoSuchTokenException,
                PinMissingException,
                TokenExistsException,
                TokenFullException,
                TokenRefusedException,
                VaultUnavailableException,
                WrappedKeyDamagedException,
                WrongPinException {
    VaultException(String message) {
        super(message);
    }

    VaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
