package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.pki.KeyAlgorithm;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Makes key pairs for devices in a token, which keeps nothing of them. */
@FunctionalInterface
public interface KeySource {
    /** @param algorithm one of those that {@code ServerKeys} takes */
    MadeKey make(KeyAlgorithm algorithm);

    /** A key pair on its way to its device; closing it overwrites what there is of it here. */
    interface MadeKey extends AutoCloseable {
        SubjectPublicKeyInfo publicKey();

        /** PKCS#8 in DER, in the clear: for the caller to use and to overwrite. */
        byte[] pkcs8();

        @Override
        void close();
    }
}
