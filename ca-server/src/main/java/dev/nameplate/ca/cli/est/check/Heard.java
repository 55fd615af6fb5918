package dev.nameplate.ca.cli.est.check;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer as it came.
 *
 * @param headers by name in lower case, the values of each in their order
 * @param framing how the end of the body was told
 */
record Heard(int status, Map<String, List<String>> headers, byte[] body, Framing framing) {
    private static final int MOST_TEXT = 120;

    /** RFC 9112, 6. */
    enum Framing {
        LENGTH,
        CHUNKED,
        CLOSE,
        NONE
    }

    Heard {
        headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    boolean is(int... any) {
        for (int one : any) {
            if (status == one) {
                return true;
            }
        }
        return false;
    }

    /** A refusal that blames the request. */
    boolean refuses() {
        return status >= 400 && status < 500;
    }

    /** For people: the status, and what the server said if that is text. */
    String shown() {
        String text = new String(body, StandardCharsets.UTF_8).strip().replaceAll("\\p{Cntrl}+", " ");
        boolean legible = status != 200 && !text.isEmpty();
        return legible ? status + " (" + cut(text) + ")" : Integer.toString(status);
    }

    private static String cut(String text) {
        return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "..." : text;
    }
}
