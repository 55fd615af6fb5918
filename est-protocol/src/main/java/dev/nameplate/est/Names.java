package dev.nameplate.est;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Reads names to their last string. The library reads them when they are first used, and would throw its exceptions at
 * whoever prints or compares a subject.
 */
final class Names {
    private static final int MAX_RDNS = 64;
    private static final int MAX_GENERAL_NAMES = 256;

    private Names() {}

    static X500Name name(ASN1Encodable value, String what) {
        Asn1.sequence(value, 0, MAX_RDNS, what);
        return Asn1.reading(what, () -> {
            X500Name name = X500Name.getInstance(value);
            for (RDN rdn : name.getRDNs()) {
                readWhole(rdn, what);
            }
            return name;
        });
    }

    static GeneralNames generalNames(ASN1Encodable value, String what) {
        Asn1.sequence(value, 1, MAX_GENERAL_NAMES, what);
        GeneralNames names = Asn1.reading(what, () -> GeneralNames.getInstance(value));
        for (GeneralName name : names.getNames()) {
            if (name.getTagNo() == GeneralName.directoryName) {
                name(name.getName(), "directoryName in " + what);
            }
        }
        return names;
    }

    private static void readWhole(RDN rdn, String what) {
        if (rdn.size() == 0) {
            throw new MalformedMessageException(what + " has an empty RDN");
        }
        for (AttributeTypeAndValue pair : rdn.getTypesAndValues()) {
            if (pair.getValue() instanceof ASN1String string
                    && string.getString().isEmpty()) {
                throw new MalformedMessageException(what + " has an empty " + pair.getType());
            }
        }
    }
}
