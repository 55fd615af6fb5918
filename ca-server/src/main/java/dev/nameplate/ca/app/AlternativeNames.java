package dev.nameplate.ca.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;

/** Alternative names as the settings write them. */
final class AlternativeNames {
    private AlternativeNames() {}

    static String text(GeneralName name) {
        return name.getTagNo() == GeneralName.iPAddress
                ? address(ASN1OctetString.getInstance(name.getName()).getOctets())
                : name.getName().toString();
    }

    private static String address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IP address with " + octets.length + " octets", e);
        }
    }
}
