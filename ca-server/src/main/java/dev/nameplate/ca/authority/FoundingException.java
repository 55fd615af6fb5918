package dev.nameplate.ca.authority;

/** The issuers cannot be made as the settings want them. What exists already stays; doing it again goes on from there. */
public final class FoundingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FoundingException(String message) {
        super(message);
    }
}
