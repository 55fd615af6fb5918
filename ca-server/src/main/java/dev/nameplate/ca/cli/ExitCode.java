package dev.nameplate.ca.cli;

/** What every command ends with. */
public enum ExitCode {
    DONE(0),
    REFUSED(1),
    WRONG_USAGE(2),
    /** Unreachable, or a fault. */
    FAULT(3);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }
}
