package dev.nameplate.hsm;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Signs a fixed text and verifies the signature with the public key. */
public final class TestSignature {
    private static final byte[] TEXT =
            "Nameplate test signature; of no further meaning".getBytes(StandardCharsets.US_ASCII);

    private TestSignature() {}

    public static VaultHealth by(SigningKey key, KeySpec spec) {
        long began = System.nanoTime();
        SignatureScheme scheme = SignatureScheme.defaultFor(spec);
        byte[] signature = key.sign(scheme, TEXT);
        if (!SignatureCheck.verifies(scheme, key.publicKey(), TEXT, signature)) {
            return new VaultHealth.Unhealthy(
                    new KeyNotAcceptableException("key " + key.uri() + " signs what its public key does not verify"));
        }
        return new VaultHealth.Healthy(Duration.ofNanos(System.nanoTime() - began));
    }
}
