package dev.nameplate.ca.rotation;

import dev.nameplate.ca.pki.CertificateDer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Where a chain ends: of all paths from an issuer's certificate to a root the one that lasts longest, and on it the certificate
 * that ends first. There are several paths while a root is rolled over.
 */
final class ChainEnd {
    private static final Comparator<CertificateDer> BY_END =
            Comparator.comparing((CertificateDer certificate) -> end(certificate));

    private final List<CertificateDer> known;

    ChainEnd(Collection<CertificateDer> known) {
        this.known = known.stream().distinct().toList();
    }

    CertificateDer endsFirst(CertificateDer issuer) {
        return endsFirst(issuer, new HashSet<>());
    }

    private CertificateDer endsFirst(CertificateDer certificate, Set<CertificateDer> below) {
        if (!below.add(certificate) || (selfIssued(certificate) && selfSigned(certificate))) {
            return certificate;
        }
        CertificateDer first = known.stream()
                .filter(above -> !below.contains(above) && signedBy(certificate, above))
                .map(above -> endsFirst(above, below))
                .max(BY_END)
                .filter(above -> end(above).isBefore(end(certificate)))
                .orElse(certificate);
        below.remove(certificate);
        return first;
    }

    private static boolean selfIssued(CertificateDer certificate) {
        return certificate.parsed().getIssuer().equals(certificate.parsed().getSubject());
    }

    private static boolean selfSigned(CertificateDer certificate) {
        return signedBy(certificate, certificate);
    }

    /** By name and key identifier: these are certificates of our own records. */
    private static boolean signedBy(CertificateDer below, CertificateDer above) {
        X509CertificateHolder child = below.parsed();
        X509CertificateHolder parent = above.parsed();
        AuthorityKeyIdentifier wanted = AuthorityKeyIdentifier.fromExtensions(child.getExtensions());
        SubjectKeyIdentifier given = SubjectKeyIdentifier.fromExtensions(parent.getExtensions());
        boolean sameKey = wanted == null
                || wanted.getKeyIdentifierOctets() == null
                || given == null
                || Arrays.equals(wanted.getKeyIdentifierOctets(), given.getKeyIdentifier());
        return child.getIssuer().equals(parent.getSubject()) && sameKey;
    }

    private static Instant end(CertificateDer certificate) {
        return certificate.parsed().getNotAfter().toInstant();
    }
}
