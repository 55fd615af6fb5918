package dev.nameplate.ca.factory.manifest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8, with any line end, without the byte order mark that spreadsheets put in front. */
final class Lines {
    private static final int MOST_OCTETS = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream in;
    private long number;
    private boolean ended;

    Lines(InputStream in) {
        this.in = in instanceof BufferedInputStream ? in : new BufferedInputStream(in, MOST_OCTETS);
    }

    /** The number of the line that {@link #next} gave last, counted from 1. */
    long number() {
        return number;
    }

    /**
     * @return the next line, without its end; empty at the end of the file
     * @throws WrongLineException if it is too long or not UTF-8; the one after it can be read
     */
    Optional<String> next() throws IOException, WrongLineException {
        if (ended) {
            return Optional.empty();
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        int octet = in.read();
        for (; octet >= 0 && octet != '\n'; octet = in.read()) {
            tooLong |= line.size() == MOST_OCTETS;
            if (!tooLong) {
                line.write(octet);
            }
        }
        ended = octet < 0;
        if (ended && line.size() == 0) {
            return Optional.empty();
        }
        number++;
        if (tooLong) {
            throw new WrongLineException("it is longer than " + MOST_OCTETS + " octets");
        }
        return Optional.of(text(line.toByteArray()));
    }

    private String text(byte[] octets) throws WrongLineException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            boolean marked = number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
            return (marked ? text.substring(1) : text).stripTrailing();
        } catch (CharacterCodingException notText) {
            throw new WrongLineException("it is not UTF-8");
        }
    }
}
