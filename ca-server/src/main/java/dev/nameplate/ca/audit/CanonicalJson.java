package dev.nameplate.ca.audit;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * JSON in the one form that is hashed (RFC 8785): members in the order of their names' UTF-16 code units, no white space,
 * UTF-8, and only {@code "}, {@code \} and control characters escaped. Values are strings, whole numbers or objects.
 */
public final class CanonicalJson {
    private final StringBuilder text = new StringBuilder(256);

    private CanonicalJson() {}

    /** @param members values are {@code String}, {@code Long} or a {@code Map} like this one */
    public static byte[] octets(Map<String, ?> members) {
        CanonicalJson json = new CanonicalJson();
        json.object(members);
        return json.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void object(Map<?, ?> members) {
        SortedMap<String, Object> sorted = new TreeMap<>();
        members.forEach((name, value) -> sorted.put((String) name, value));
        char before = '{';
        for (Map.Entry<String, Object> member : sorted.entrySet()) {
            text.append(before);
            string(member.getKey());
            text.append(':');
            value(member.getValue());
            before = ',';
        }
        text.append(sorted.isEmpty() ? "{}" : "}");
    }

    private void value(Object value) {
        switch (value) {
            case String string -> string(string);
            case Long number -> text.append(number.longValue());
            case Map<?, ?> members -> object(members);
            case Iterable<?> elements -> array(elements);
            default -> throw new IllegalArgumentException("no canonical form for a " + value.getClass());
        }
    }

    private void array(Iterable<?> elements) {
        text.append('[');
        String before = "";
        for (Object element : elements) {
            text.append(before);
            value(element);
            before = ",";
        }
        text.append(']');
    }

    private void string(String string) {
        text.append('"');
        string.chars().forEach(c -> character((char) c));
        text.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\f' -> text.append("\\f");
            case '\r' -> text.append("\\r");
            default -> {
                if (c < 0x20) {
                    text.append("\\u00").append(c < 0x10 ? "0" : "").append(Integer.toHexString(c));
                } else {
                    text.append(c);
                }
            }
        }
    }
}
