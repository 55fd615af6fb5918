package dev.nameplate.ca.cli.est.check;

/** What came of a check; a line each. */
sealed interface Outcome {
    String says();

    record Right(String says) implements Outcome {}

    record Wrong(String says) implements Outcome {}

    /** It could not be seen. */
    record Unseen(String says) implements Outcome {}

    /** What could not be read. */
    static Outcome wrong(Exception unreadable) {
        return new Wrong(String.valueOf(unreadable.getMessage()));
    }

    static Outcome of(boolean right, String says) {
        return right ? new Right(says) : new Wrong(says);
    }
}
