package dev.nameplate.hsm;

/** What is said to be a wrapped key is none, or is not under this key-encryption key. The vault is well, and other keys open. */
public final class WrappedKeyDamagedException extends VaultException {
    public WrappedKeyDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
