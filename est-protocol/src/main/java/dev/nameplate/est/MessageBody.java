package dev.nameplate.est;

/** The bytes inside a message body, and the form they came in. Not yet known to be DER. */
public final class MessageBody {
    private final byte[] content;
    private final BodyForm form;

    MessageBody(byte[] content, BodyForm form) {
        this.content = content;
        this.form = form;
    }

    public byte[] content() {
        return content.clone();
    }

    public BodyForm form() {
        return form;
    }

    /** Without a copy, for readers inside this package that change nothing. */
    byte[] contentInPlace() {
        return content;
    }
}
