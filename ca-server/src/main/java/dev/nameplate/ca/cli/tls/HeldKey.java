package dev.nameplate.ca.cli.tls;

import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.CsrSigners;
import java.security.KeyPair;
import java.security.PrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentSigner;

/** A private key, wherever it is, for TLS and for certification requests. */
public sealed interface HeldKey permits HeldKey.InMemory, TokenKey {
    /** As TLS takes it. */
    PrivateKey forTls();

    SubjectPublicKeyInfo publicKey();

    /** Signs one message, with the hash that fits the key. */
    ContentSigner signer();

    /** A request that this key signs. */
    default CsrBuilder request() {
        return CsrBuilder.forSigner(publicKey(), signer());
    }

    /** Out of a file. */
    record InMemory(KeyPair pair) implements HeldKey {
        @Override
        public PrivateKey forTls() {
            return pair.getPrivate();
        }

        @Override
        public SubjectPublicKeyInfo publicKey() {
            return SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        }

        @Override
        public ContentSigner signer() {
            return CsrSigners.of(pair.getPrivate());
        }
    }
}
