package dev.nameplate.ca.station;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Signs the journal of one bundle, and no other. */
public record JournalKey(PrivateKey key, SubjectPublicKeyInfo publicKey) {
    public static JournalKey of(KeyPair pair) {
        return new JournalKey(
                pair.getPrivate(),
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    }

    byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java signs with a key on P-256", e);
        }
    }

    @Override
    public String toString() {
        return "JournalKey[***]";
    }
}
