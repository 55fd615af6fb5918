package dev.nameplate.ca.lint;

import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;

/** Which extensions are critical and which never are (RFC 5280, 4.2; RFC 6960, 4.2.2.2.1). */
final class Criticality implements Lint {
    private static final Set<ASN1ObjectIdentifier> NEVER = Set.of(
            Extension.authorityKeyIdentifier,
            Extension.subjectKeyIdentifier,
            Extension.authorityInfoAccess,
            Extension.cRLDistributionPoints,
            Extension.certificatePolicies,
            Extension.extendedKeyUsage,
            OCSPObjectIdentifiers.id_pkix_ocsp_nocheck);

    @Override
    public void check(Draft draft, Consumer<String> finding) {
        for (ASN1ObjectIdentifier type : draft.extensions().getExtensionOIDs()) {
            boolean critical = draft.extensions().getExtension(type).isCritical();
            if (critical && NEVER.contains(type)) {
                finding.accept("extension " + type + " is critical");
            }
            if (!critical && mustBeCritical(draft, type)) {
                finding.accept("extension " + type + " is not critical");
            }
        }
    }

    private static boolean mustBeCritical(Draft draft, ASN1ObjectIdentifier type) {
        return type.equals(Extension.keyUsage)
                || type.equals(Extension.nameConstraints)
                || type.equals(Extension.policyConstraints)
                || (draft.expected().ca() && type.equals(Extension.basicConstraints));
    }
}
