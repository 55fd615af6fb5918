package dev.nameplate.ca.cli.tls;

import dev.nameplate.est.CsrBuilder;
import java.security.KeyPair;
import java.security.PrivateKey;

/** A private key, wherever it is, for TLS and for certification requests. */
public sealed interface HeldKey permits HeldKey.InMemory, TokenKey {
    /** As TLS takes it. */
    PrivateKey forTls();

    /** A request that this key signs. */
    CsrBuilder request();

    /** Out of a file. */
    record InMemory(KeyPair pair) implements HeldKey {
        @Override
        public PrivateKey forTls() {
            return pair.getPrivate();
        }

        @Override
        public CsrBuilder request() {
            return CsrBuilder.forKey(pair);
        }
    }
}
