package dev.nameplate.ca.lint;

import java.util.Map;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/** Whatever bears a Matter vendor's id in its name, or is issued by who does, is a Matter certificate and right as one. */
final class MatterForm implements Lint {
    /** What Matter's own profile does not have; what verifiers make of it is not said anywhere. */
    private static final Map<ASN1ObjectIdentifier, String> NOT_ISSUED = Map.of(
            Extension.extendedKeyUsage, "extendedKeyUsage",
            Extension.authorityInfoAccess, "authorityInfoAccess",
            Extension.subjectAlternativeName, "subjectAltName");

    @Override
    public void check(Draft draft, Consumer<String> finding) {
        MatterIds own = MatterIds.of(draft.tbs().getSubject());
        MatterIds issuer = MatterIds.of(draft.tbs().getIssuer());
        if (own.vendor().isEmpty() && issuer.vendor().isEmpty()) {
            return;
        }
        MatterRules.check(kind(draft), draft.tbs(), finding);
        if (own.inCommonName()) {
            finding.accept("Matter: VID and PID are written in the common name; give them as VID= and PID=");
        }
        NOT_ISSUED.forEach((type, name) -> {
            if (draft.extension(type) != null) {
                finding.accept("Matter: " + name + " is present");
            }
        });
    }

    private static MatterRules.Kind kind(Draft draft) {
        if (!draft.claimsCa()) {
            return MatterRules.Kind.DAC;
        }
        return draft.selfSigned() ? MatterRules.Kind.PAA : MatterRules.Kind.PAI;
    }
}
