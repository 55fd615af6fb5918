package dev.nameplate.hsm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The letters of RFC 7512: splitting, percent-encoding, and which attributes a stored key name may have. */
final class KeyUriSyntax {
    private static final Set<String> KNOWN = Set.of("token", "manufacturer", "model", "serial", "object", "id", "type");
    /** RFC 7512, 2.3, {@code pk11-path-res-avail} besides the unreserved characters. */
    private static final String PLAIN = "-._~:[]@!$'()*+,=&";

    private KeyUriSyntax() {}

    static Map<String, byte[]> attributes(String path) {
        refuseQuery(path);
        Map<String, byte[]> attributes = new LinkedHashMap<>();
        for (String attribute : path.split(";", -1)) {
            int equals = attribute.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(
                        "key URI has a part without a value; parts are name=value, split by ;");
            }
            String name = knownName(attribute.substring(0, equals));
            if (attributes.put(name, decode(name, attribute.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("key URI has " + name + "= twice");
            }
        }
        return attributes;
    }

    static KeyUri uri(KeyUri.Scheme scheme, Map<String, byte[]> attributes) {
        String type = text("type", attributes.get("type")).orElse("private");
        if (!type.equals("private")) {
            throw new IllegalArgumentException(
                    "key URI has a type= that is not private; only private keys are named here");
        }
        String label = text("token", attributes.get("token"))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalArgumentException("key URI names no token; add token="));
        TokenName token = new TokenName(
                label,
                text("manufacturer", attributes.get("manufacturer")),
                text("model", attributes.get("model")),
                text("serial", attributes.get("serial")));
        return new KeyUri(scheme, token, text("object", attributes.get("object")), id(attributes.get("id")));
    }

    static void append(StringBuilder out, String name, String value) {
        out.append(name).append('=');
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (plain(octet)) {
                out.append((char) octet);
            } else {
                percent(out, octet);
            }
        }
        out.append(';');
    }

    static void appendId(StringBuilder out, KeyId id) {
        out.append("id=");
        for (byte octet : id.bytes()) {
            percent(out, octet);
        }
        out.append(';');
    }

    private static void refuseQuery(String path) {
        int question = path.indexOf('?');
        if (question < 0) {
            return;
        }
        String name = path.substring(question + 1).split("=", 2)[0];
        String what = name.matches("[a-z-]{1,20}") ? name : "something";
        throw new IllegalArgumentException("key URI has " + what
                + " after a question mark; module and PIN belong into the token's settings, not into a key's name");
    }

    private static String knownName(String name) {
        if (KNOWN.contains(name)) {
            return name;
        }
        if (name.equals("module-path") || name.equals("pin-value") || name.equals("pin-source")) {
            throw new IllegalArgumentException("key URI has " + name + "; it belongs into the token's settings");
        }
        String shown = name.matches("[A-Za-z0-9_-]{1,40}") ? name + "=" : "an attribute";
        throw new IllegalArgumentException("key URI has " + shown
                + " which is not known here; use token, manufacturer, model, serial, object, id, type");
    }

    private static byte[] decode(String name, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(value.length());
        for (int at = 0; at < value.length(); at++) {
            char next = value.charAt(at);
            if (next == '%') {
                out.write(octet(name, value, at));
                at += 2;
            } else if (next < 0x80 && plain((byte) next)) {
                out.write(next);
            } else {
                throw new IllegalArgumentException("key URI has a character in " + name
                        + "= that must be percent-encoded, at position " + (at + 1) + " of the value");
            }
        }
        return out.toByteArray();
    }

    private static int octet(String name, String value, int percent) {
        if (percent + 2 >= value.length()
                || !HexFormat.isHexDigit(value.charAt(percent + 1))
                || !HexFormat.isHexDigit(value.charAt(percent + 2))) {
            throw new IllegalArgumentException(
                    "key URI has a % in " + name + "= without two hexadecimal digits after it");
        }
        return HexFormat.fromHexDigits(value, percent + 1, percent + 3);
    }

    private static Optional<String> text(String name, byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString());
        } catch (CharacterCodingException notText) {
            throw new IllegalArgumentException("key URI has a " + name + "= that is not UTF-8", notText);
        }
    }

    private static Optional<KeyId> id(byte @Nullable [] value) {
        return value == null ? Optional.empty() : Optional.of(KeyId.of(value));
    }

    private static boolean plain(byte octet) {
        return (octet >= '0' && octet <= '9')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= 'a' && octet <= 'z')
                || PLAIN.indexOf(octet) >= 0;
    }

    private static void percent(StringBuilder out, byte octet) {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
    }
}
