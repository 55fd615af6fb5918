package dev.nameplate.ca.policy;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the key of a profile's certificates may be used for. A profile never makes a CA.
 *
 * @param saysNoCa whether basicConstraints CA:FALSE is written, or left out
 * @param ocspNoCheck id-pkix-ocsp-nocheck (RFC 6960, 4.2.2.2.1), for responders only
 */
public record Usages(Set<KeyUse> keyUsage, Set<ExtendedUse> extendedKeyUsage, boolean saysNoCa, boolean ocspNoCheck) {
    public Usages {
        keyUsage = keyUsage.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(keyUsage));
        extendedKeyUsage = Collections.unmodifiableSet(new LinkedHashSet<>(extendedKeyUsage));
        if (keyUsage.contains(KeyUse.KEY_CERT_SIGN) || keyUsage.contains(KeyUse.CRL_SIGN)) {
            throw new IllegalArgumentException("usages.key-usage has keyCertSign or cRLSign, which only issuers have");
        }
        if (extendedKeyUsage.contains(ExtendedUse.ANY)) {
            throw new IllegalArgumentException("usages.extended-key-usage has anyExtendedKeyUsage; name the purposes");
        }
        boolean responder = extendedKeyUsage.contains(ExtendedUse.OCSP_SIGNING);
        if (responder && extendedKeyUsage.size() > 1) {
            throw new IllegalArgumentException("usages.extended-key-usage has other purposes beside OCSPSigning");
        }
        if (!keyUsage.isEmpty()
                && !keyUsage.contains(KeyUse.DIGITAL_SIGNATURE)
                && !Collections.disjoint(extendedKeyUsage, ExtendedUse.SIGNING)) {
            throw new IllegalArgumentException(
                    "usages.key-usage lacks digitalSignature, without which nobody can authenticate in TLS or sign for OCSP");
        }
        if (ocspNoCheck && !responder) {
            throw new IllegalArgumentException(
                    "usages.ocsp-no-check is for profiles with extended-key-usage OCSPSigning");
        }
    }

    /** As {@link org.bouncycastle.asn1.x509.KeyUsage} writes them; 0 if none. */
    public int keyUsageBits() {
        return KeyUse.bits(keyUsage);
    }

    /** Without basicConstraints. */
    public static Usages of(Set<KeyUse> keyUsage, Set<ExtendedUse> extendedKeyUsage) {
        return new Usages(keyUsage, extendedKeyUsage, false, false);
    }
}
