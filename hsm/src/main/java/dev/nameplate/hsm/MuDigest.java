package dev.nameplate.hsm;

import java.security.MessageDigest;
import org.bouncycastle.crypto.Xof;
import org.bouncycastle.crypto.digests.SHAKEDigest;

/**
 * The message representative of ML-DSA (FIPS 204, algorithm 7, line 6) with an empty context: SHAKE256 over the hash of the public
 * key, two zero octets and the message.
 */
final class MuDigest extends MessageDigest {
    static final int OCTETS = 64;
    private static final int SHAKE256 = 256;
    private static final byte[] PURE_WITH_EMPTY_CONTEXT = {0, 0};

    private final byte[] publicKey;
    private final Xof shake = new SHAKEDigest(SHAKE256);

    /** @param publicKey as FIPS 204 encodes it */
    MuDigest(byte[] publicKey) {
        super("ML-DSA mu");
        this.publicKey = publicKey.clone();
        engineReset();
    }

    @Override
    protected void engineUpdate(byte input) {
        shake.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        shake.update(input, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
        byte[] mu = new byte[OCTETS];
        shake.doFinal(mu, 0, OCTETS);
        engineReset();
        return mu;
    }

    @Override
    protected void engineReset() {
        shake.reset();
        byte[] tr = new byte[OCTETS];
        shake.update(publicKey, 0, publicKey.length);
        shake.doFinal(tr, 0, OCTETS);
        shake.update(tr, 0, OCTETS);
        shake.update(PURE_WITH_EMPTY_CONTEXT, 0, PURE_WITH_EMPTY_CONTEXT.length);
    }

    @Override
    protected int engineGetDigestLength() {
        return OCTETS;
    }
}
