package dev.nameplate.ca.lint;

import java.math.BigInteger;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/** A CA fits under its issuer's path length, and its own is shorter; its own name does not count (RFC 5280, 4.2.1.9). */
final class PathLength implements Lint {
    @Override
    public void check(Draft draft, Consumer<String> finding) {
        BigInteger own = limit(draft.extensions());
        if (own != null && !draft.claimsCa()) {
            finding.accept("pathLenConstraint without the CA bit");
        }
        if (draft.selfSigned() || draft.tbs().getSubject().equals(draft.tbs().getIssuer()) || !draft.claimsCa()) {
            return;
        }
        BigInteger above =
                limit(draft.signatory().certificate().orElseThrow().parsed().getExtensions());
        if (above != null && (above.signum() == 0 || own == null || own.compareTo(above) >= 0)) {
            finding.accept("pathLenConstraint is not below the issuer's " + above);
        }
    }

    private static @Nullable BigInteger limit(Extensions extensions) {
        BasicConstraints constraints = BasicConstraints.fromExtensions(extensions);
        return constraints == null ? null : constraints.getPathLenConstraint();
    }
}
