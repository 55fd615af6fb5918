package dev.nameplate.est;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/**
 * Base64 as EST carries it (RFC 8951, 3.1; RFC 4648, 4). Reading tolerates what real clients send: CR, LF, space and tab
 * anywhere, one line of any length, PEM, and bare DER. Anything else is refused; nothing is skipped.
 */
public final class EstBase64 {
    private static final Set<String> REQUEST_LABELS = Set.of("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");
    private static final int DER_SEQUENCE = 0x30;
    private static final Base64.Encoder LINES_64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private EstBase64() {}

    /**
     * Reads the body of a certification request.
     *
     * @throws MalformedMessageException if the body is empty, or neither base64, nor PEM, nor DER
     */
    public static MessageBody decode(byte[] body) {
        return decode(body, REQUEST_LABELS);
    }

    static MessageBody decode(byte[] body, Set<String> pemLabels) {
        int start = skipWhitespace(body);
        if (start == body.length) {
            throw new MalformedMessageException("body is empty");
        }
        // No base64 of a SEQUENCE starts with '0' (it decodes to 0xD0 or more), so the first byte tells DER for sure.
        if (body[0] == DER_SEQUENCE) {
            return new MessageBody(body.clone(), BodyForm.DER);
        }
        if (body[start] == '-') {
            Pem pem = Pem.find(body, pemLabels);
            return new MessageBody(new Base64Reader(body, pem.from(), pem.to()).read(), BodyForm.PEM);
        }
        var reader = new Base64Reader(body, start, body.length);
        byte[] content = reader.read();
        return new MessageBody(content, reader.brokenIntoLines() ? BodyForm.WRAPPED : BodyForm.ONE_LINE);
    }

    /** Lines of 64 end with LF, the last one too: readers that work line by line lose an unfinished one. */
    public static byte[] encode(byte[] der, Wrapping wrapping) {
        return switch (wrapping) {
            case ONE_LINE -> Base64.getEncoder().encode(der);
            case LINES_64 -> endWithLineFeed(LINES_64.encode(der));
        };
    }

    static boolean isWhitespace(byte b) {
        return b == '\n' || b == '\r' || b == ' ' || b == '\t';
    }

    private static byte[] endWithLineFeed(byte[] lines) {
        byte[] ended = Arrays.copyOf(lines, lines.length + 1);
        ended[lines.length] = '\n';
        return ended;
    }

    private static int skipWhitespace(byte[] body) {
        int i = 0;
        while (i < body.length && isWhitespace(body[i])) {
            i++;
        }
        return i;
    }
}
