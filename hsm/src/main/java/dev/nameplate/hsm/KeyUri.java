package dev.nameplate.hsm;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names one private key by RFC 7512, such as {@code pkcs11:token=nameplate;object=issuer;id=%0A%1B;type=private}. The scheme
 * {@code software:} takes the same attributes and means the {@link dev.nameplate.hsm.software.SoftwareVault}.
 *
 * <p>The token label is always given, and the object's label or its id or both. Query attributes are refused: a module path or
 * a PIN belongs into the settings, not into a stored name.
 */
public record KeyUri(Scheme scheme, TokenName token, Optional<String> object, Optional<KeyId> id) {

    /** The kinds of vault. */
    public enum Scheme {
        PKCS11,
        SOFTWARE
    }

    public KeyUri {
        if (object.isEmpty() && id.isEmpty()) {
            throw new IllegalArgumentException("key URI names no key; add object= or id=");
        }
        if (object.isPresent() && object.get().isEmpty()) {
            throw new IllegalArgumentException("key URI has an empty object=");
        }
    }

    /**
     * Reads a URI.
     *
     * @throws IllegalArgumentException naming the attribute that is wrong; the message never contains an attribute's value
     */
    public static KeyUri parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("key URI has no scheme; it must start with pkcs11: or software:");
        }
        Scheme scheme = scheme(text.substring(0, colon));
        Map<String, byte[]> attributes = KeyUriSyntax.attributes(text.substring(colon + 1));
        return KeyUriSyntax.uri(scheme, attributes);
    }

    public static KeyUri of(Scheme scheme, String token, String object, KeyId id) {
        return new KeyUri(scheme, TokenName.of(token), Optional.of(object), Optional.of(id));
    }

    /** The URI with every byte percent-encoded that RFC 7512 does not allow as it is, and the id wholly. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(scheme.name().toLowerCase(Locale.ROOT)).append(':');
        KeyUriSyntax.append(out, "token", token.label());
        token.manufacturer().ifPresent(value -> KeyUriSyntax.append(out, "manufacturer", value));
        token.model().ifPresent(value -> KeyUriSyntax.append(out, "model", value));
        token.serial().ifPresent(value -> KeyUriSyntax.append(out, "serial", value));
        object.ifPresent(value -> KeyUriSyntax.append(out, "object", value));
        id.ifPresent(value -> KeyUriSyntax.appendId(out, value));
        return out.append("type=private").toString();
    }

    private static Scheme scheme(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "pkcs11" -> Scheme.PKCS11;
            case "software" -> Scheme.SOFTWARE;
            default ->
                throw new IllegalArgumentException(
                        "key URI has an unknown scheme; it must start with pkcs11: or software:");
        };
    }
}
