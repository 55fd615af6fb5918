package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.nameplate.hsm.DeviceKey;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.TokenRefusedException;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11KeyPair;
import org.xipki.pkcs11.wrapper.Session;

/**
 * Keys that a token makes for somebody else. They are objects of the session: they are gone when it closes, whatever goes wrong,
 * and are destroyed before anyone sees the wrapped one.
 */
final class GivenKeys {
    private GivenKeys() {}

    /** @param wrappingKey 32 random octets; they belong to what is returned */
    static DeviceKey make(Session session, KeySpec spec, byte[] wrappingKey) throws PKCS11Exception {
        long wrapping = session.createObject(wrappingKeyTemplate(wrappingKey));
        try {
            PKCS11KeyPair pair = session.generateKeyPair(KeyTemplates.mechanism(spec), KeyTemplates.pairToGive(spec));
            try {
                byte[] wrapped = session.wrapKey(wrapMechanism(session), wrapping, pair.getPrivateKey());
                return DeviceKey.wrapped(publicKey(session, pair), wrapped, wrappingKey);
            } finally {
                session.destroyObject(pair.getPrivateKey());
                session.destroyObject(pair.getPublicKey());
            }
        } finally {
            session.destroyObject(wrapping);
        }
    }

    private static AttributeVector wrappingKeyTemplate(byte[] value) {
        return new AttributeVector()
                .class_(CKO_SECRET_KEY)
                .keyType(CKK_AES)
                .token(false)
                .private_(true)
                .sensitive(true)
                .extractable(false)
                .encrypt(false)
                .decrypt(false)
                .wrap(true)
                .unwrap(false)
                .value(value);
    }

    /** Of the two names that RFC 5649 has in PKCS#11, the one that the token knows. */
    private static Mechanism wrapMechanism(Session session) throws PKCS11Exception {
        boolean named = Arrays.stream(session.getToken().getMechanismList())
                .anyMatch(mechanism -> mechanism == CKM_AES_KEY_WRAP_KWP);
        return new Mechanism(named ? CKM_AES_KEY_WRAP_KWP : CKM_AES_KEY_WRAP_PAD);
    }

    private static SubjectPublicKeyInfo publicKey(Session session, PKCS11KeyPair pair) throws PKCS11Exception {
        return PublicKeys.read(session, pair.getPublicKey())
                .orElseThrow(() -> new TokenRefusedException("the token made a key without a public half"));
    }
}
