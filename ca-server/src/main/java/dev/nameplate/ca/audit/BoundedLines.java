package dev.nameplate.ca.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads lines that end in a line feed, none longer than a mebibyte. */
final class BoundedLines {
    private static final int MAX_OCTETS = 1 << 20;

    private final InputStream in;

    BoundedLines(InputStream in) {
        this.in = in;
    }

    /**
     * The next line without its line feed; empty at the end of the file. A line that is too long, or that the file ends in, comes
     * as one that no parser takes.
     */
    Optional<byte[]> next() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                return line.size() == 0 ? Optional.empty() : Optional.of(new byte[0]);
            }
            if (line.size() == MAX_OCTETS) {
                return Optional.of(new byte[0]);
            }
            line.write(octet);
        }
        return Optional.of(line.toByteArray());
    }
}
