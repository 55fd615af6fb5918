package dev.nameplate.ca.lint;

import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * What the profile or the founding of an issuer says the certificate will be; the linter compares.
 *
 * @param ca whether it is a CA's
 * @param keyUsage the bits of {@link org.bouncycastle.asn1.x509.KeyUsage}; 0 if the extension is absent
 * @param extendedKeyUsage exactly these
 * @param extensions exactly these
 */
public record Expected(
        boolean ca, int keyUsage, Set<ASN1ObjectIdentifier> extendedKeyUsage, Set<ASN1ObjectIdentifier> extensions) {
    public Expected {
        extendedKeyUsage = Set.copyOf(extendedKeyUsage);
        extensions = Set.copyOf(extensions);
    }
}
