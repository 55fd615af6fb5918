package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Signatures;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Whether certificates, an issuing CA's first and a self-signed root's last, make a path of CAs (RFC 5280, 6.1). */
final class ChainCheck {
    private ChainCheck() {}

    /** What is wrong with it, if anything is. */
    static Optional<String> objectionTo(List<CertificateDer> chain, Instant now) {
        int casBelow = 0;
        for (CertificateDer certificate : chain) {
            Optional<String> objection = objectionTo(certificate.parsed(), casBelow, now);
            if (objection.isPresent()) {
                return Optional.of("certificate " + certificate.serial() + " " + objection.get());
            }
            casBelow++;
        }
        return brokenLink(chain);
    }

    private static Optional<String> brokenLink(List<CertificateDer> chain) {
        for (int i = 0; i < chain.size(); i++) {
            CertificateDer above = chain.get(Math.min(i + 1, chain.size() - 1));
            if (!signedBy(chain.get(i).parsed(), above.parsed())) {
                return Optional.of("certificate " + chain.get(i).serial() + " is not signed by the next one, "
                        + above.serial() + "; give the chain from the issuer to its self-signed root");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> objectionTo(X509CertificateHolder certificate, int casBelow, Instant now) {
        BasicConstraints constraints = BasicConstraints.fromExtensions(certificate.getExtensions());
        if (constraints == null || !constraints.isCA()) {
            return Optional.of("is not a CA's");
        }
        BigInteger limit = constraints.getPathLenConstraint();
        if (limit != null && limit.compareTo(BigInteger.valueOf(casBelow)) < 0) {
            return Optional.of("allows only " + limit + " CAs below it, and there are " + casBelow);
        }
        KeyUsage usage = KeyUsage.fromExtensions(certificate.getExtensions());
        if (usage != null && !usage.hasUsages(KeyUsage.keyCertSign)) {
            return Optional.of("may not sign certificates (keyCertSign)");
        }
        if (SubjectKeyIdentifier.fromExtensions(certificate.getExtensions()) == null) {
            return Optional.of("has no subjectKeyIdentifier");
        }
        boolean validNow = !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
        return validNow ? Optional.empty() : Optional.of("is not valid now");
    }

    static boolean signedBy(X509CertificateHolder certificate, X509CertificateHolder above) {
        try {
            return certificate.getIssuer().equals(above.getSubject())
                    && Signatures.verifies(
                            certificate.getSignatureAlgorithm(),
                            PublicKeyFactory.createKey(above.getSubjectPublicKeyInfo()),
                            certificate.toASN1Structure().getTBSCertificate().getEncoded(ASN1Encoding.DER),
                            certificate.getSignature());
        } catch (IOException notAKey) {
            return false;
        }
    }
}
