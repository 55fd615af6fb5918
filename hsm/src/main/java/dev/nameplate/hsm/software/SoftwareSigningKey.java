package dev.nameplate.hsm.software;

import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Looks its key up at each use, as a token's key does. */
record SoftwareSigningKey(KeyUri uri, Supplier<SoftwareKey> key) implements SigningKey {
    @Override
    public SubjectPublicKeyInfo publicKey() {
        return key.get().described().publicKey();
    }

    @Override
    public byte[] sign(SignatureScheme scheme, byte[] message) {
        return key.get().sign(scheme, scheme.hashes() ? scheme.digest(message) : message);
    }

    @Override
    public byte[] signDigest(SignatureScheme scheme, byte[] digest) {
        scheme.requireDigest(digest);
        return key.get().signDigest(scheme, digest);
    }
}
