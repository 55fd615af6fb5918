package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.NameStyle;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Values of a subject in the string type and length that RFC 5280, A.1 demands. */
final class NameString {
    private static final Set<ASN1ObjectIdentifier> PRINTABLE =
            Set.of(BCStyle.C, BCStyle.SERIALNUMBER, BCStyle.DN_QUALIFIER);
    private static final Set<ASN1ObjectIdentifier> IA5 = Set.of(BCStyle.DC, BCStyle.EmailAddress);
    private static final Set<ASN1ObjectIdentifier> MATTER = Set.of(NameStyle.VENDOR_ID, NameStyle.PRODUCT_ID);
    private static final Map<ASN1ObjectIdentifier, Integer> MAX_LENGTHS = Map.of(
            BCStyle.C, 2,
            BCStyle.L, 128,
            BCStyle.ST, 128,
            BCStyle.UID, 256,
            BCStyle.EmailAddress, 255);
    private static final int USUAL_MAX_LENGTH = 64;

    private NameString() {}

    static ASN1Encodable of(ASN1ObjectIdentifier type, String value) throws UnfitValueException {
        boolean tooLong = value.length() > MAX_LENGTHS.getOrDefault(type, USUAL_MAX_LENGTH);
        if (value.isBlank() || tooLong || value.chars().anyMatch(Character::isISOControl)) {
            throw new UnfitValueException("subject " + NameStyle.NAMES.oidToDisplayName(type));
        }
        if (MATTER.contains(type)) {
            require(value.matches("[0-9A-F]{4}"), type);
        }
        if (PRINTABLE.contains(type)) {
            require(DERPrintableString.isPrintableString(value), type);
            return new DERPrintableString(value);
        }
        if (IA5.contains(type)) {
            require(DERIA5String.isIA5String(value), type);
            return new DERIA5String(value);
        }
        return new DERUTF8String(value);
    }

    private static void require(boolean fits, ASN1ObjectIdentifier type) throws UnfitValueException {
        if (!fits) {
            throw new UnfitValueException("subject " + NameStyle.NAMES.oidToDisplayName(type));
        }
    }
}
