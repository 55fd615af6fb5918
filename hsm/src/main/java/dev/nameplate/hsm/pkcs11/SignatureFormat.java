package dev.nameplate.hsm.pkcs11;

import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.TokenRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.DigestInfo;

/** Between what a token signs and returns, and what X.509 carries. */
final class SignatureFormat {
    private SignatureFormat() {}

    /** CKM_ECDSA takes the digest, CKM_RSA_PKCS a {@code DigestInfo} (RFC 8017, 9.2), CKM_EDDSA the message. */
    static byte[] toToken(SignatureScheme scheme, KeySpec spec, byte[] input) {
        return switch (spec) {
            case EC_P256, EC_P384 -> Arrays.copyOf(input, Math.min(input.length, spec.bits() / Byte.SIZE));
            case RSA_3072, RSA_4096 -> digestInfo(scheme, input);
            case ED25519, ML_DSA_44, ML_DSA_65, ML_DSA_87 -> input;
        };
    }

    /** CKM_ECDSA returns r and s side by side, which X.509 wants as a SEQUENCE of two INTEGERs (RFC 3279, 2.2.3). */
    static byte[] fromToken(KeySpec spec, byte[] raw) {
        if (spec.curve().isEmpty()) {
            return raw;
        }
        int half = spec.bits() / Byte.SIZE;
        if (raw.length != 2 * half) {
            throw new TokenRefusedException(
                    "the token returned an ECDSA signature of " + raw.length + " bytes; " + 2 * half + " are right");
        }
        return der(new DERSequence(new ASN1Integer[] {
            new ASN1Integer(new BigInteger(1, raw, 0, half)), new ASN1Integer(new BigInteger(1, raw, half, half))
        }));
    }

    private static byte[] digestInfo(SignatureScheme scheme, byte[] digest) {
        return der(new DigestInfo(scheme.digestIdentifier(), digest));
    }

    private static byte[] der(org.bouncycastle.asn1.ASN1Object value) {
        try {
            return value.getEncoded(ASN1Encoding.DER);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
