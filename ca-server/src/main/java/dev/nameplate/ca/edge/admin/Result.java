package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.refusal.Refusal;
import java.io.IOException;
import java.io.OutputStream;

/** What became of a call. */
sealed interface Result {
    Result NOTHING = new Nothing();

    /** Done; this is the content. */
    record Done(Object content) implements Result {}

    /** Done; there is no content. */
    record Nothing() implements Result {}

    /** Done; the content is too long to be held, or not JSON. */
    record Written(Writer writer) implements Result {}

    /** The other answer that the operation declares. */
    record Otherwise(Object content) implements Result {}

    record Refused(Refusal refusal) implements Result {}

    /** Writes the content. */
    interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }
}
