package dev.nameplate.ca.cli.est;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * The way from a certificate up to its root. /cacerts is a set, in no order (RFC 7030, 4.1.3), and has other generations and what
 * joins two roots beside it; TLS wants each certificate right before the one of its issuer.
 */
final class CaChain {
    private static final Comparator<X509CertificateHolder> ROOTS_FIRST = Comparator.comparing(ca -> !isRoot(ca));

    private CaChain() {}

    /**
     * @param all CA certificates in any order
     * @return those above it: its issuer's first, a root last if there is one
     */
    static List<X509CertificateHolder> above(X509CertificateHolder own, List<X509CertificateHolder> all) {
        List<X509CertificateHolder> chain = new ArrayList<>();
        Optional<X509CertificateHolder> next = issuer(own, all);
        while (next.isPresent() && !chain.contains(next.get())) {
            chain.add(next.get());
            next = issuer(next.get(), all);
        }
        return chain;
    }

    private static Optional<X509CertificateHolder> issuer(X509CertificateHolder of, List<X509CertificateHolder> all) {
        return isRoot(of)
                ? Optional.empty()
                : all.stream().filter(ca -> hasIssued(ca, of)).min(ROOTS_FIRST);
    }

    private static boolean isRoot(X509CertificateHolder certificate) {
        return hasIssued(certificate, certificate);
    }

    /** By name and, where both say it, by key: two generations, and two roots, have one name. */
    private static boolean hasIssued(X509CertificateHolder ca, X509CertificateHolder below) {
        var own = SubjectKeyIdentifier.fromExtensions(ca.getExtensions());
        var above = AuthorityKeyIdentifier.fromExtensions(below.getExtensions());
        return ca.getSubject().equals(below.getIssuer())
                && (own == null
                        || above == null
                        || above.getKeyIdentifierOctets() == null
                        || Arrays.equals(own.getKeyIdentifier(), above.getKeyIdentifierOctets()));
    }
}
