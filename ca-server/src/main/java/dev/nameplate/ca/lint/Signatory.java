package dev.nameplate.ca.lint;

import dev.nameplate.ca.pki.CertificateDer;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * Who is about to sign, looked at once for all that it signs.
 *
 * @param certificate the issuer's; empty if the certificate is about to be self-signed
 * @param algorithm what the issuer signs with
 * @param notBefore nothing it signs begins before
 * @param notAfter nothing it signs ends after
 */
public record Signatory(
        Optional<CertificateDer> certificate, AlgorithmIdentifier algorithm, Instant notBefore, Instant notAfter) {
    public static Signatory issuer(CertificateDer certificate, AlgorithmIdentifier algorithm) {
        return new Signatory(
                Optional.of(certificate),
                algorithm,
                certificate.parsed().getNotBefore().toInstant(),
                certificate.parsed().getNotAfter().toInstant());
    }

    /** A root about to sign its own certificate. */
    public static Signatory itself(AlgorithmIdentifier algorithm) {
        return new Signatory(Optional.empty(), algorithm, Instant.MIN, Instant.MAX);
    }
}
