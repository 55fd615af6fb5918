package dev.nameplate.est;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For the client: what a server wants to be proved by HTTP Digest (RFC 7616, 3.3), and the proof. Of the algorithms SHA-256 and, for
 * servers of old, MD5; of the protections auth alone.
 *
 * @param opaque given back as it came
 */
public record DigestChallenge(String realm, String nonce, Optional<String> opaque, Hash hash) {
    private static final int MAX_HEADER = 4096;
    private static final Pattern START = Pattern.compile("(?i)(?:^|,)\\s*+Digest\\s++");
    private static final Pattern PARAMETER =
            Pattern.compile("\\G\\s*+([A-Za-z*]++)\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\",]++))\\s*+,?");

    /** By its names on the wire and in Java. */
    public enum Hash {
        SHA_256("SHA-256"),
        MD5("MD5");

        private final String name;

        Hash(String name) {
            this.name = name;
        }

        private static Optional<Hash> of(String name) {
            for (Hash hash : values()) {
                if (hash.name.equalsIgnoreCase(name)) {
                    return Optional.of(hash);
                }
            }
            return Optional.empty();
        }

        private String hex(String text) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java runtime has " + name, e);
            }
        }
    }

    /** @return empty if the WWW-Authenticate header asks for nothing that can be answered here */
    public static Optional<DigestChallenge> parse(String wwwAuthenticate) {
        if (wwwAuthenticate.length() > MAX_HEADER) {
            return Optional.empty();
        }
        Matcher start = START.matcher(wwwAuthenticate);
        return start.find() ? read(wwwAuthenticate.substring(start.end())) : Optional.empty();
    }

    /**
     * The Authorization header that answers it; a secret.
     *
     * @param uri the path and query of the request
     * @param clientNonce never used before
     */
    public String answer(BasicCredentials who, String method, String uri, String clientNonce) {
        String count = "00000001";
        String mine = hash.hex(who.user() + ":" + realm + ":" + who.password());
        String theirs = hash.hex(method + ":" + uri);
        String response = hash.hex(String.join(":", mine, nonce, count, clientNonce, "auth", theirs));
        return "Digest username=" + quoted(who.user()) + ", realm=" + quoted(realm) + ", uri=" + quoted(uri)
                + ", algorithm=" + hash.name + ", nonce=" + quoted(nonce) + ", nc=" + count + ", cnonce="
                + quoted(clientNonce) + ", qop=auth, response=\"" + response + "\""
                + opaque.map(value -> ", opaque=" + quoted(value)).orElse("");
    }

    private static Optional<DigestChallenge> read(String text) {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find() && !given.containsKey(parameter.group(1))) {
            String quoted = parameter.group(2);
            given.put(parameter.group(1), quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        boolean auth = (" " + given.getOrDefault("qop", "").replace(',', ' ') + " ").contains(" auth ");
        if (!auth || !given.containsKey("realm") || !given.containsKey("nonce")) {
            return Optional.empty();
        }
        return Hash.of(given.getOrDefault("algorithm", "MD5"))
                .map(hash -> new DigestChallenge(
                        given.getOrDefault("realm", ""),
                        given.getOrDefault("nonce", ""),
                        Optional.ofNullable(given.get("opaque")),
                        hash));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
