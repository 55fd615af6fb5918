package dev.nameplate.hsm;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Public keys by themselves. */
final class SubjectKeys {
    private SubjectKeys() {}

    static SubjectPublicKeyInfo ed25519() {
        try {
            return SubjectPublicKeyInfo.getInstance(KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPublic()
                    .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
