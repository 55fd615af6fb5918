package dev.nameplate.ca.lint;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Exactly the extensions and usages that were meant: nothing slips in from a request. */
final class AsExpected implements Lint {
    @Override
    public void check(Draft draft, Consumer<String> finding) {
        Set<ASN1ObjectIdentifier> present = Set.of(draft.extensions().getExtensionOIDs());
        if (!present.equals(draft.expected().extensions())) {
            finding.accept("extensions are " + shown(present) + ", not "
                    + shown(draft.expected().extensions()));
        }
        int usage = draft.value(Extension.keyUsage) == null
                ? 0
                : ASN1BitString.getInstance(draft.value(Extension.keyUsage)).intValue();
        if (usage != draft.expected().keyUsage()) {
            finding.accept("keyUsage is not what was meant");
        }
        if (!extended(draft).equals(draft.expected().extendedKeyUsage())) {
            finding.accept("extendedKeyUsage is not what was meant");
        }
    }

    private static Set<ASN1ObjectIdentifier> extended(Draft draft) {
        if (draft.extension(Extension.extendedKeyUsage) == null) {
            return Set.of();
        }
        Set<ASN1ObjectIdentifier> purposes = new java.util.HashSet<>();
        for (KeyPurposeId purpose :
                ExtendedKeyUsage.fromExtensions(draft.extensions()).getUsages()) {
            purposes.add(purpose.toOID());
        }
        return purposes;
    }

    private static Set<String> shown(Set<ASN1ObjectIdentifier> types) {
        Set<String> shown = new TreeSet<>();
        types.forEach(type -> shown.add(type.getId()));
        return shown;
    }
}
