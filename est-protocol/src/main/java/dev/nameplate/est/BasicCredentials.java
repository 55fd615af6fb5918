package dev.nameplate.est;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A user and a password out of an Authorization header (RFC 7617). The user may be empty; the password is everything
 * after the first colon. Its text form does not show the password.
 */
public record BasicCredentials(String user, String password) {
    private static final String SCHEME = "basic";
    private static final int MAX_HEADER = 4096;

    /** What an Authorization header holds. */
    public sealed interface Parsed {
        /** There is no such header. */
        record Absent() implements Parsed {}

        /** The header is for another scheme than Basic. */
        record OtherScheme() implements Parsed {}

        /** @param reason one line, without anything of the header in it */
        record Malformed(String reason) implements Parsed {}

        record Present(BasicCredentials credentials) implements Parsed {}
    }

    /** @param authorization the header's value, or null where there is none */
    public static Parsed parse(@Nullable String authorization) {
        if (authorization == null) {
            return new Parsed.Absent();
        }
        String header = authorization.strip();
        int space = header.indexOf(' ');
        String scheme = space < 0 ? header : header.substring(0, space);
        if (!scheme.equalsIgnoreCase(SCHEME)) {
            return new Parsed.OtherScheme();
        }
        if (space < 0 || header.length() > MAX_HEADER) {
            return new Parsed.Malformed("Basic credentials are missing or too long");
        }
        return decode(header.substring(space).strip());
    }

    private static Parsed decode(String token) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(token));
            return split(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (IllegalArgumentException e) {
            return new Parsed.Malformed("Basic credentials are not base64");
        } catch (CharacterCodingException e) {
            return new Parsed.Malformed("Basic credentials are not UTF-8");
        }
    }

    private static Parsed split(String credentials) {
        int colon = credentials.indexOf(':');
        if (colon < 0) {
            return new Parsed.Malformed("Basic credentials have no colon between user and password");
        }
        if (credentials.chars().anyMatch(Character::isISOControl)) {
            return new Parsed.Malformed("Basic credentials hold a control character (RFC 7617, 2)");
        }
        return new Parsed.Present(
                new BasicCredentials(credentials.substring(0, colon), credentials.substring(colon + 1)));
    }

    /** The header a client sends; a secret. */
    public String toHeader() {
        byte[] bytes = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "BasicCredentials[user=" + user + ", password=***]";
    }
}
