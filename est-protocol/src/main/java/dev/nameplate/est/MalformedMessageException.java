package dev.nameplate.est;

/**
 * What arrived is not the message it should be. The text is one line for the developer of the device: what was wrong,
 * and where it helps what would be right. It never carries secrets, and at most a short piece of the input.
 */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }

    public MalformedMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
