package dev.nameplate.ca.edge.est;

import dev.nameplate.est.EstLabel;
import dev.nameplate.est.EstOperation;
import dev.nameplate.est.EstPath;
import java.nio.charset.StandardCharsets;

/** Every path is addressed or found nowhere, and no label out of it is an operation's name (RFC 7030, 3.2.2). */
public final class PathFuzz {
    private PathFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        check(EstPath.parse(text));
        check(EstPath.parse(EstPath.PREFIX + text));
    }

    private static void check(EstPath path) {
        if (path instanceof EstPath.Addressed addressed
                && addressed
                        .label()
                        .map(EstLabel::value)
                        .flatMap(EstOperation::ofSegment)
                        .isPresent()) {
            throw new AssertionError(addressed.label() + " came out of a path");
        }
    }
}
