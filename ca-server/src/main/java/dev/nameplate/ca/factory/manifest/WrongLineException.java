package dev.nameplate.ca.factory.manifest;

/** A line that is not a unit; never leaves this room. */
final class WrongLineException extends Exception {
    private final String why;

    WrongLineException(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
