package dev.nameplate.ca.lint;

import dev.nameplate.ca.pki.CertificateDer;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * Who is about to sign.
 *
 * @param certificate the issuer's; empty if the certificate is about to be self-signed
 * @param algorithm what the issuer signs with
 */
public record Signatory(Optional<CertificateDer> certificate, AlgorithmIdentifier algorithm) {}
