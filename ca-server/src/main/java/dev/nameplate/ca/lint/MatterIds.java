package dev.nameplate.ca.lint;

import dev.nameplate.ca.pki.NameStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * The vendor and the product that a Matter certificate's name gives.
 *
 * @param inCommonName they are written {@code Mvid:FFF1 Mpid:8000} within the common name, the older way
 */
public record MatterIds(Optional<String> vendor, Optional<String> product, boolean inCommonName) {
    private static final Pattern DIGITS = Pattern.compile("[0-9A-F]{4}");
    private static final Pattern VENDOR_IN_CN = Pattern.compile("Mvid:([0-9A-F]{4})(?![0-9A-Fa-f])");
    private static final Pattern PRODUCT_IN_CN = Pattern.compile("Mpid:([0-9A-F]{4})(?![0-9A-Fa-f])");

    /** @param finding is told what is wrong with how they are written */
    static MatterIds of(X500Name name, Consumer<String> finding) {
        Optional<String> vendor = attribute(name, NameStyle.VENDOR_ID, "VID", finding);
        Optional<String> product = attribute(name, NameStyle.PRODUCT_ID, "PID", finding);
        if (vendor.isPresent() || product.isPresent()) {
            return new MatterIds(vendor, product, false);
        }
        String common = commonName(name);
        Optional<String> inName = found(VENDOR_IN_CN, common);
        return new MatterIds(inName, found(PRODUCT_IN_CN, common), inName.isPresent());
    }

    public static MatterIds of(X500Name name) {
        return of(name, _ -> {});
    }

    private static Optional<String> attribute(
            X500Name name, ASN1ObjectIdentifier type, String shown, Consumer<String> finding) {
        List<ASN1Encodable> values = new ArrayList<>();
        for (RDN rdn : name.getRDNs()) {
            for (AttributeTypeAndValue each : rdn.getTypesAndValues()) {
                if (each.getType().equals(type)) {
                    values.add(each.getValue());
                }
            }
        }
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            finding.accept(shown + " is there " + values.size() + " times");
        }
        if (values.getFirst() instanceof ASN1UTF8String text
                && DIGITS.matcher(text.getString()).matches()) {
            return Optional.of(text.getString());
        }
        finding.accept(shown + " is not four upper-case hexadecimal digits in a UTF8String");
        return Optional.of("");
    }

    private static String commonName(X500Name name) {
        RDN[] names = name.getRDNs(BCStyle.CN);
        return names.length == 0
                ? ""
                : IETFUtils.valueToString(names[0].getFirst().getValue());
    }

    private static Optional<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
