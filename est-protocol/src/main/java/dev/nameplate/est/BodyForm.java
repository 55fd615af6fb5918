package dev.nameplate.est;

/** The form a message body came in. An enrolment is answered in the form it came in. */
public enum BodyForm {
    /** Base64 with line breaks inside. */
    WRAPPED,
    /** Base64 without a line break inside; one at the end does not count. */
    ONE_LINE,
    /** PEM, with BEGIN and END lines. */
    PEM,
    /** The bare DER, not base64 at all. */
    DER;

    /**
     * The layout of the answer: wrapped for who sent lines, one line for who sent one line.
     *
     * @param otherwise for a body that shows no preference, {@link #DER}
     */
    public Wrapping answerWrapping(Wrapping otherwise) {
        return switch (this) {
            case WRAPPED, PEM -> Wrapping.LINES_64;
            case ONE_LINE -> Wrapping.ONE_LINE;
            case DER -> otherwise;
        };
    }
}
