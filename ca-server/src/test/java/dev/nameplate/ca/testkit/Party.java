package dev.nameplate.ca.testkit;

import dev.nameplate.ca.pki.CertificateDer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;

/** Somebody with a key and a certificate. */
public record Party(KeyPair keys, CertificateDer certificate) {
    /** ECDSA with SHA-256. */
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA", "SunEC");
            signature.initSign(keys.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
