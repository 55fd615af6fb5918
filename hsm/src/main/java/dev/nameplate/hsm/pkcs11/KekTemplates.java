package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.nameplate.hsm.KekRecipient;
import dev.nameplate.hsm.KeyId;
import java.math.BigInteger;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;

/** What a token is told about key-encryption keys and about those they are encrypted to. */
final class KekTemplates {
    private static final int OCTETS = 32;
    private static final int RECEIVER_BITS = 3072;

    private KekTemplates() {}

    /** An object of the session that may leave it once, encrypted to the recipient. */
    static AttributeVector toHandOver() {
        return wrapping().extractable(true).valueLen(OCTETS);
    }

    /** The same value, kept in the token and never to leave it. */
    static AttributeVector kept(KeyId id, String label) {
        return new AttributeVector()
                .token(true)
                .extractable(false)
                .id(id.bytes())
                .label(label);
    }

    /** A copy for the session, to open what the key wrapped. */
    static AttributeVector opening() {
        return new AttributeVector().token(false).wrap(false).unwrap(true);
    }

    /** An object of the session that leaves it encrypted to another token, and opens what comes back under it. */
    static AttributeVector carrier() {
        return wrapping().extractable(true).wrap(false).unwrap(true).valueLen(OCTETS);
    }

    /** Another token's carrier, to wrap for it and not to be had back. */
    static AttributeVector carried() {
        return wrapping().extractable(false);
    }

    /** What another token's carrier is encrypted to: objects of the session. */
    static KeyPairTemplate receiver() {
        KeyPairTemplate pair = new KeyPairTemplate(CKK_RSA)
                .token(false)
                .private_(true, false)
                .signVerify(false)
                .decryptEncrypt(false)
                .unwrapWrap(true)
                .derive(false);
        pair.privateKey().sensitive(true).extractable(false);
        pair.publicKey().modulusBits(RECEIVER_BITS).publicExponent(BigInteger.valueOf(65537));
        return pair;
    }

    /** Made elsewhere; an object of the session too. */
    static AttributeVector imported(byte[] value) {
        return wrapping().extractable(true).value(value);
    }

    /** Made elsewhere, for one key, and not to be had back. */
    static AttributeVector forOneKey(byte[] value) {
        return wrapping().extractable(false).value(value);
    }

    static AttributeVector recipient(KekRecipient.Rsa recipient) {
        return new AttributeVector()
                .class_(CKO_PUBLIC_KEY)
                .keyType(CKK_RSA)
                .token(false)
                .private_(false)
                .wrap(true)
                .encrypt(false)
                .verify(false)
                .modulus(recipient.numbers().getModulus())
                .publicExponent(recipient.numbers().getPublicExponent());
    }

    private static AttributeVector wrapping() {
        return new AttributeVector()
                .class_(CKO_SECRET_KEY)
                .keyType(CKK_AES)
                .token(false)
                .private_(true)
                .sensitive(true)
                .encrypt(false)
                .decrypt(false)
                .sign(false)
                .verify(false)
                .derive(false)
                .wrap(true)
                .unwrap(false);
    }
}
