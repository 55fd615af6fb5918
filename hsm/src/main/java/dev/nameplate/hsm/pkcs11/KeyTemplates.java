package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.nameplate.hsm.KeyId;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.MechanismMissingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;
import org.xipki.pkcs11.wrapper.Mechanism;

/** What a token is told when it makes a key pair. */
final class KeyTemplates {
    private static final BigInteger F4 = BigInteger.valueOf(65537);

    private KeyTemplates() {}

    static Mechanism mechanism(KeySpec spec) {
        return new Mechanism(
                switch (spec) {
                    case EC_P256, EC_P384 -> CKM_EC_KEY_PAIR_GEN;
                    case RSA_3072, RSA_4096 -> CKM_RSA_PKCS_KEY_PAIR_GEN;
                    case ED25519 -> CKM_EC_EDWARDS_KEY_PAIR_GEN;
                    case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> throw noMlDsa(spec);
                });
    }

    /** Kept in the token, private, sensitive, not extractable, for signing and nothing else. */
    static KeyPairTemplate pair(KeySpec spec, KeyId id, String label) {
        KeyPairTemplate pair = new KeyPairTemplate(keyType(spec))
                .token(true)
                .id(id.bytes())
                .labels(label)
                .private_(true, false)
                .signVerify(true)
                .decryptEncrypt(false)
                .unwrapWrap(false)
                .derive(false);
        pair.privateKey().sensitive(true).extractable(false);
        describePublicKey(spec, pair);
        return pair;
    }

    /** Objects of the session, sensitive, to be wrapped and nothing else. */
    static KeyPairTemplate pairToPass(KeySpec spec, boolean trustedOnly) {
        KeyPairTemplate pair = new KeyPairTemplate(keyType(spec))
                .token(false)
                .private_(true, false)
                .signVerify(true)
                .decryptEncrypt(false)
                .unwrapWrap(false)
                .derive(false);
        pair.privateKey().sensitive(true).extractable(true).wrapWithTrusted(trustedOnly);
        describePublicKey(spec, pair);
        return pair;
    }

    /** A private key that comes back in for a moment: an object of the session, sensitive, to be wrapped and nothing else. */
    static AttributeVector toPassAgain(boolean rsa, boolean trustedOnly) {
        return new AttributeVector()
                .class_(CKO_PRIVATE_KEY)
                .keyType(rsa ? CKK_RSA : CKK_EC)
                .token(false)
                .private_(true)
                .sensitive(true)
                .extractable(true)
                .wrapWithTrusted(trustedOnly)
                .sign(false)
                .decrypt(false)
                .unwrap(false)
                .derive(false);
    }

    private static void describePublicKey(KeySpec spec, KeyPairTemplate pair) {
        if (spec.rsa()) {
            pair.publicKey().modulusBits(spec.bits()).publicExponent(F4);
        } else {
            pair.publicKey().ecParams(encoded(spec.curve().orElse(EdECObjectIdentifiers.id_Ed25519)));
        }
    }

    private static long keyType(KeySpec spec) {
        return switch (spec) {
            case EC_P256, EC_P384 -> CKK_EC;
            case RSA_3072, RSA_4096 -> CKK_RSA;
            case ED25519 -> CKK_EC_EDWARDS;
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> throw noMlDsa(spec);
        };
    }

    /** PKCS#11 has it from 3.2 on, which the binding here does not speak. */
    static MechanismMissingException noMlDsa(KeySpec spec) {
        return new MechanismMissingException(
                "PKCS#11 tokens have no " + spec
                        + " here yet; use ec-p256, ec-p384 or RSA in a token, and ML-DSA in a software vault, for tests and trials");
    }

    private static byte[] encoded(ASN1ObjectIdentifier curve) {
        try {
            return curve.getEncoded();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
