package dev.nameplate.ca.lint;

import java.util.Map;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** String types and lengths of the subject (RFC 5280, 4.1.2.4 and A.1). */
final class StringForms implements Lint {
    private static final Map<ASN1ObjectIdentifier, Integer> MAX_LENGTHS = Map.ofEntries(
            Map.entry(BCStyle.CN, 64),
            Map.entry(BCStyle.SERIALNUMBER, 64),
            Map.entry(BCStyle.O, 64),
            Map.entry(BCStyle.OU, 64),
            Map.entry(BCStyle.T, 64),
            Map.entry(BCStyle.C, 2),
            Map.entry(BCStyle.L, 128),
            Map.entry(BCStyle.ST, 128),
            Map.entry(BCStyle.PSEUDONYM, 128),
            Map.entry(BCStyle.UID, 256),
            Map.entry(BCStyle.EmailAddress, 255));

    @Override
    public void check(Draft draft, Consumer<String> finding) {
        for (RDN rdn : draft.tbs().getSubject().getRDNs()) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                check(attribute.getType(), attribute.getValue().toASN1Primitive(), finding);
            }
        }
    }

    private static void check(ASN1ObjectIdentifier type, ASN1Primitive value, Consumer<String> finding) {
        String name = BCStyle.INSTANCE.oidToDisplayName(type);
        String shown = name == null ? type.getId() : name;
        if (!rightType(type, value)) {
            finding.accept("subject " + shown + " has the wrong string type");
            return;
        }
        int length = ((ASN1String) value).getString().length();
        if (length == 0 || length > MAX_LENGTHS.getOrDefault(type, Integer.MAX_VALUE)) {
            finding.accept("subject " + shown + " has " + length + " characters");
        }
    }

    private static boolean rightType(ASN1ObjectIdentifier type, ASN1Primitive value) {
        if (type.equals(BCStyle.C) || type.equals(BCStyle.SERIALNUMBER) || type.equals(BCStyle.DN_QUALIFIER)) {
            return value instanceof ASN1PrintableString printable
                    && DERPrintableString.isPrintableString(printable.getString());
        }
        if (type.equals(BCStyle.DC) || type.equals(BCStyle.EmailAddress)) {
            return value instanceof ASN1IA5String;
        }
        return value instanceof ASN1UTF8String || value instanceof ASN1PrintableString;
    }
}
