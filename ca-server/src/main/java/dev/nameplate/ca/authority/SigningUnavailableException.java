package dev.nameplate.ca.authority;

/** The issuer's key did not give a right signature: the token is broken, or holds another key. Nothing left the process. */
public final class SigningUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SigningUnavailableException(String message) {
        super(message);
    }
}
