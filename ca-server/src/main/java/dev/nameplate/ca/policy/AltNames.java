package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** The subjectAltName of a request or certificate. */
final class AltNames {
    private AltNames() {}

    /** @throws IllegalArgumentException if it is there and not well formed */
    static List<GeneralName> in(Optional<Extensions> extensions) {
        ASN1Encodable value = extensions
                .map(present -> present.getExtensionParsedValue(Extension.subjectAlternativeName))
                .orElse(null);
        return value == null
                ? List.of()
                : List.of(GeneralNames.getInstance(value).getNames());
    }

    static Set<String> comparable(List<GeneralName> names) {
        Set<String> comparable = new TreeSet<>();
        names.forEach(name -> comparable.add(Names.comparable(name)));
        return comparable;
    }
}
