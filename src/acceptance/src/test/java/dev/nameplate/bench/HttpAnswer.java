package dev.nameplate.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** An HTTP/1.1 answer with a Content-Length. */
record HttpAnswer(int status, String header, byte[] body) {
    private static final String LENGTH = "\r\ncontent-length:";
    private static final int STATUS_FROM = 9;
    private static final int STATUS_TO = 12;

    /** @param buffer room for the whole answer, used again for the next one */
    static HttpAnswer read(TlsConnection connection, byte[] buffer) throws IOException {
        int filled = 0;
        int bodyFrom = -1;
        while (bodyFrom < 0) {
            filled += more(connection, buffer, filled);
            bodyFrom = endOfHeader(buffer, filled);
        }
        String header = new String(buffer, 0, bodyFrom, StandardCharsets.ISO_8859_1);
        int bodyTo = bodyFrom + contentLength(header);
        while (filled < bodyTo) {
            filled += more(connection, buffer, filled);
        }
        int status = Integer.parseInt(header.substring(STATUS_FROM, STATUS_TO));
        return new HttpAnswer(status, header, Arrays.copyOfRange(buffer, bodyFrom, bodyTo));
    }

    /** @throws IOException saying what the server answered instead */
    void require200() throws IOException {
        if (status != 200) {
            throw new IOException("status " + status + ": " + new String(body, StandardCharsets.UTF_8).strip());
        }
    }

    private static int more(TlsConnection connection, byte[] buffer, int filled) throws IOException {
        int length = connection.read(buffer, filled);
        if (length < 0) {
            throw new EOFException("the server closed the connection after " + filled + " bytes of an answer");
        }
        return length;
    }

    private static int endOfHeader(byte[] buffer, int filled) {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int contentLength(String header) throws IOException {
        int at = header.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (at < 0) {
            throw new IOException("the answer has no Content-Length: " + header);
        }
        int from = at + LENGTH.length();
        return Integer.parseInt(
                header.substring(from, header.indexOf('\r', from)).strip());
    }
}
