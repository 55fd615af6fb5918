package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.NameStyle;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/** The subject of a CA, written as in RFC 4514: what comes first in the text comes last in the certificate. */
final class IssuerSubject {
    private IssuerSubject() {}

    static X500Name parse(String text) {
        List<RDN> names = Arrays.asList(new X500Name(NameStyle.NAMES, text).getRDNs());
        Collections.reverse(names);
        return new X500Name(NameStyle.NAMES, names.toArray(RDN[]::new));
    }
}
