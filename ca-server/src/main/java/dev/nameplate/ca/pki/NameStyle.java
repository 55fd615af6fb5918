package dev.nameplate.ca.pki;

import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500NameStyle;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Names as people write them (RFC 4514), with the two of Matter: {@code VID=FFF1,PID=8000}. */
public final class NameStyle extends BCStyle {
    /** The maker of a Matter device: four upper-case hexadecimal digits. */
    public static final ASN1ObjectIdentifier VENDOR_ID = new ASN1ObjectIdentifier("1.3.6.1.4.1.37244.2.1");

    /** The kind of Matter device: four upper-case hexadecimal digits. */
    public static final ASN1ObjectIdentifier PRODUCT_ID = new ASN1ObjectIdentifier("1.3.6.1.4.1.37244.2.2");

    public static final X500NameStyle NAMES = new NameStyle();

    private static final Map<String, ASN1ObjectIdentifier> MORE = Map.of("vid", VENDOR_ID, "pid", PRODUCT_ID);

    private NameStyle() {}

    @Override
    public ASN1ObjectIdentifier attrNameToOID(String name) {
        ASN1ObjectIdentifier more = MORE.get(name.strip().toLowerCase(java.util.Locale.ROOT));
        return more == null ? super.attrNameToOID(name) : more;
    }

    @Override
    public String oidToDisplayName(ASN1ObjectIdentifier type) {
        if (type.equals(VENDOR_ID)) {
            return "VID";
        }
        return type.equals(PRODUCT_ID) ? "PID" : super.oidToDisplayName(type);
    }
}
