package dev.nameplate.ca.edge.est;

import dev.nameplate.est.BodyForm;
import dev.nameplate.est.Wrapping;
import java.util.List;
import java.util.Locale;

/** How a label lays out the base64 of its answers. No layout suits every client. */
public enum AnswerLayout {
    /** An enrolment is answered as it was asked, lines for lines; everything else in lines. */
    AS_ASKED,
    /** Lines of 64, which libest's sample client needs. */
    LINES,
    /** One line, which strongSwan before 5.9.11 needs. */
    ONE_LINE;

    /** @throws IllegalArgumentException naming the accepted words */
    public static AnswerLayout parse(String text) {
        for (AnswerLayout layout : values()) {
            if (layout.toString().equals(text)) {
                return layout;
            }
        }
        throw new IllegalArgumentException("layout is not one of " + List.of(values()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Wrapping unasked() {
        return this == ONE_LINE ? Wrapping.ONE_LINE : Wrapping.LINES_64;
    }

    Wrapping asked(BodyForm form) {
        return this == AS_ASKED ? form.answerWrapping(Wrapping.LINES_64) : unasked();
    }
}
