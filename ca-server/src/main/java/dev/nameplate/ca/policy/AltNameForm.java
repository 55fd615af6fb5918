package dev.nameplate.ca.policy;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;

/** The kinds of alternative names that a template or a door can ask for, and what each must look like (RFC 5280, 4.2.1.6). */
enum AltNameForm {
    DNS("dns"),
    IP("ip"),
    URL("uri"),
    EMAIL("email");

    private static final Pattern HOST = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    private static final Pattern MAILBOX = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(.+)");

    private final String key;

    AltNameForm(String key) {
        this.key = key;
    }

    /** Under {@code subjectAltNames} in the settings. */
    String key() {
        return key;
    }

    /** What a door is dialled by. */
    static Optional<GeneralName> hostOrAddress(String value) {
        Optional<GeneralName> address = IP.name(value);
        return address.isPresent() ? address : DNS.name(value);
    }

    /** @return the name, or nothing if the value does not have this form */
    Optional<GeneralName> name(String value) {
        return switch (this) {
            case DNS -> host(value) ? Optional.of(new GeneralName(GeneralName.dNSName, value)) : Optional.empty();
            case IP -> address(value);
            case URL ->
                absolute(value)
                        ? Optional.of(new GeneralName(GeneralName.uniformResourceIdentifier, value))
                        : Optional.empty();
            case EMAIL ->
                mailbox(value) ? Optional.of(new GeneralName(GeneralName.rfc822Name, value)) : Optional.empty();
        };
    }

    private static boolean host(String value) {
        return HOST.matcher(value).matches() && !value.matches("[0-9.]+");
    }

    private static boolean mailbox(String value) {
        var parts = MAILBOX.matcher(value);
        return parts.matches() && host(parts.group(1));
    }

    private static boolean absolute(String value) {
        try {
            return new URI(value).isAbsolute() && value.chars().allMatch(c -> c > ' ' && c < 0x7f);
        } catch (URISyntaxException notAUri) {
            return false;
        }
    }

    private static Optional<GeneralName> address(String value) {
        try {
            byte[] octets = InetAddress.ofLiteral(value).getAddress();
            return Optional.of(new GeneralName(GeneralName.iPAddress, new DEROctetString(octets)));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
