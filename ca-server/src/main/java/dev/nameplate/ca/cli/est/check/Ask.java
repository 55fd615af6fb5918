package dev.nameplate.ca.cli.est.check;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it is written, so that the server's answer to odd ones can be seen.
 *
 * @param chunked whether the body goes without its length
 */
record Ask(String method, String path, Map<String, String> headers, byte[] body, boolean chunked) {
    private static final byte[] NOTHING = {};

    Ask {
        headers = Map.copyOf(headers);
    }

    static Ask of(String method, String path) {
        return new Ask(method, path, Map.of(), NOTHING, false);
    }

    static Ask post(String path, String contentType, byte[] body) {
        return new Ask("POST", path, Map.of("Content-Type", contentType), body, false);
    }

    Ask with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Ask(method, path, more, body, chunked);
    }

    Ask without(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(name);
        return new Ask(method, path, fewer, body, chunked);
    }

    Ask inChunks() {
        return new Ask(method, path, headers, body, true);
    }

    /** Whether the server is asked to say that it wants the body (RFC 9110, 10.1.1). */
    boolean expects() {
        return Optional.ofNullable(headers.get("Expect")).isPresent();
    }

    byte[] head(String host) {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (chunked) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (body.length > 0 || method.equals("POST")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return ascii(head + "\r\n");
    }

    byte[] content() {
        if (!chunked) {
            return body;
        }
        var out = new ByteArrayOutputStream();
        int half = body.length / 2;
        chunk(body, 0, half, out);
        chunk(body, half, body.length - half, out);
        out.writeBytes(ascii("0\r\n\r\n"));
        return out.toByteArray();
    }

    private static void chunk(byte[] body, int from, int length, ByteArrayOutputStream out) {
        if (length > 0) {
            out.writeBytes(ascii(Integer.toHexString(length) + "\r\n"));
            out.write(body, from, length);
            out.writeBytes(ascii("\r\n"));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
