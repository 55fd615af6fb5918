package dev.nameplate.est;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a challenge, out of an Authorization header (RFC 7616, 3.4), with SHA-256 and qop=auth. Its form is right; nothing is
 * verified.
 *
 * @param nonceCount {@code nc} as it stands there: 8 hexadecimal digits
 * @param response 32 octets
 */
public record DigestCredentials(
        String user, String realm, String nonce, String uri, String nonceCount, String clientNonce, byte[] response) {
    private static final String SCHEME = "digest";
    private static final int MAX_HEADER = 4096;
    private static final Pattern PARAMETER =
            Pattern.compile("\\G\\s*([A-Za-z*]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s\",]+))\\s*(?:,|$)");
    private static final Pattern RESPONSE = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern COUNT = Pattern.compile("[0-9a-fA-F]{8}");

    /** What an Authorization header holds. */
    public sealed interface Parsed {
        /** There is no such header, or it is for another scheme than Digest. */
        record Absent() implements Parsed {}

        /** @param reason one line, without anything of the header in it */
        record Malformed(String reason) implements Parsed {}

        record Present(DigestCredentials credentials) implements Parsed {}
    }

    public DigestCredentials {
        response = response.clone();
    }

    @Override
    public byte[] response() {
        return response.clone();
    }

    /** @param authorization the header's value, or null where there is none */
    public static Parsed parse(@Nullable String authorization) {
        if (authorization == null) {
            return new Parsed.Absent();
        }
        String header = authorization.strip();
        int space = header.indexOf(' ');
        if (space < 0 || !header.substring(0, space).equalsIgnoreCase(SCHEME)) {
            return header.equalsIgnoreCase(SCHEME) ? malformed("are missing") : new Parsed.Absent();
        }
        return header.length() > MAX_HEADER ? malformed("are too long") : read(header.substring(space + 1));
    }

    private static Parsed read(String text) {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Matcher matcher = PARAMETER.matcher(text);
        int end = 0;
        while (matcher.find()) {
            if (parameters.put(matcher.group(1), value(matcher)) != null) {
                return malformed("have one parameter twice");
            }
            end = matcher.end();
        }
        return text.substring(end).isBlank() ? checked(parameters) : malformed("are no list of parameters");
    }

    private static String value(Matcher matcher) {
        String quoted = matcher.group(2);
        return quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1");
    }

    private static Parsed checked(Map<String, String> given) {
        for (String name : new String[] {"username", "realm", "nonce", "uri", "nc", "cnonce", "response", "qop"}) {
            String value = given.get(name);
            if (value == null || value.chars().anyMatch(Character::isISOControl)) {
                return malformed("have no " + name);
            }
        }
        if (!given.getOrDefault("algorithm", "MD5").equalsIgnoreCase("SHA-256")) {
            return malformed("are not of algorithm SHA-256");
        }
        if (!given.getOrDefault("qop", "").equalsIgnoreCase("auth")) {
            return malformed("are not of qop auth");
        }
        if (given.getOrDefault("userhash", "false").equalsIgnoreCase("true")) {
            return malformed("have a hashed user name, which is not taken");
        }
        return present(given);
    }

    private static Parsed present(Map<String, String> given) {
        String response = given.getOrDefault("response", "");
        String count = given.getOrDefault("nc", "");
        if (!RESPONSE.matcher(response).matches() || !COUNT.matcher(count).matches()) {
            return malformed("have a response or nc that is none");
        }
        return new Parsed.Present(new DigestCredentials(
                given.getOrDefault("username", ""),
                given.getOrDefault("realm", ""),
                given.getOrDefault("nonce", ""),
                given.getOrDefault("uri", ""),
                count,
                given.getOrDefault("cnonce", ""),
                HexFormat.of().parseHex(response)));
    }

    private static Parsed malformed(String what) {
        return new Parsed.Malformed("Digest credentials " + what + " (RFC 7616, 3.4)");
    }

    @Override
    public String toString() {
        return "DigestCredentials[user=" + user + "]";
    }
}
