package dev.nameplate.ca.pki;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;

/** When two names are the same (RFC 5280, 7): string types, case and spacing do not matter, order and values do. */
public final class Names {
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private Names() {}

    public static boolean same(X500Name one, X500Name other) {
        return comparable(one).equals(comparable(other));
    }

    public static boolean sameText(String one, String other) {
        return comparable(one).equals(comparable(other));
    }

    /**
     * Reads a name to its last string, which the library does at first use, where nobody expects it to fail.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    static void requireReadable(X500Name name) {
        try {
            for (RDN rdn : name.getRDNs()) {
                for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                    text(attribute.getValue());
                }
            }
        } catch (ClassCastException | IllegalStateException e) {
            throw new IllegalArgumentException("a name has something that is no attribute", e);
        }
    }

    /** The values of all attributes of one type, in order. */
    public static List<String> values(X500Name name, ASN1ObjectIdentifier type) {
        List<String> values = new ArrayList<>();
        for (RDN rdn : name.getRDNs()) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                if (attribute.getType().equals(type)) {
                    values.add(text(attribute.getValue()));
                }
            }
        }
        return values;
    }

    /** Equal for two general names exactly if they are the same name. Host names and mail domains: case does not matter (7.2, 7.5). */
    public static String comparable(GeneralName name) {
        return name.getTagNo() + ":"
                + switch (name.getTagNo()) {
                    case GeneralName.dNSName -> text(name.getName()).toLowerCase(Locale.ROOT);
                    case GeneralName.rfc822Name -> comparableMail(text(name.getName()));
                    case GeneralName.directoryName ->
                        comparable(X500Name.getInstance(name.getName())).toString();
                    default -> text(name.getName());
                };
    }

    private static List<Set<String>> comparable(X500Name name) {
        List<Set<String>> comparable = new ArrayList<>();
        for (RDN rdn : name.getRDNs()) {
            Set<String> attributes = new HashSet<>();
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                attributes.add(attribute.getType() + "=" + comparable(text(attribute.getValue())));
            }
            comparable.add(attributes);
        }
        return comparable;
    }

    /** What RFC 4518 makes of a case-ignoring string, near enough: NFKC, lower case, single inner spaces, none around. */
    private static String comparable(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return SPACES.matcher(folded.strip()).replaceAll(" ");
    }

    private static String comparableMail(String address) {
        int at = address.lastIndexOf('@');
        return address.substring(0, at + 1) + address.substring(at + 1).toLowerCase(Locale.ROOT);
    }

    private static String text(ASN1Encodable value) {
        return value.toASN1Primitive() instanceof ASN1String string
                ? string.getString()
                : value.toASN1Primitive().toString();
    }
}
