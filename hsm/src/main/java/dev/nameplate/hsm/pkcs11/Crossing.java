package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS_KEY_PAIR_GEN;

import dev.nameplate.hsm.CarrierKey;
import dev.nameplate.hsm.KekRecipient;
import dev.nameplate.hsm.KeyEncryptionKey;
import dev.nameplate.hsm.OaepInfo;
import dev.nameplate.hsm.TokenRefusedException;
import java.util.List;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11KeyPair;
import org.xipki.pkcs11.wrapper.Session;

/** Wrapped keys on their way from one token to another, under a key that both have while it lasts. */
final class Crossing {
    private static final Mechanism AES_KEY = new Mechanism(CKM_AES_KEY_GEN);
    private static final Mechanism RSA_PAIR = new Mechanism(CKM_RSA_PKCS_KEY_PAIR_GEN);

    private final String token;
    private final KekObjects keks;
    private final PassingKeys passing;

    Crossing(String token, KekObjects keks, PassingKeys passing) {
        this.token = token;
        this.keks = keks;
        this.passing = passing;
    }

    /** Out of this token. */
    List<byte[]> handOn(TokenSession session, List<byte[]> wrapped, KeyEncryptionKey from, CarrierKey carrier)
            throws PKCS11Exception {
        PKCS11KeyPair receiver = session.session().generateKeyPair(RSA_PAIR, KekTemplates.receiver());
        try {
            SubjectPublicKeyInfo recipient = PublicKeys.read(session.session(), receiver.getPublicKey())
                    .orElseThrow(
                            () -> new TokenRefusedException("token " + token + " made a key without a public half"));
            OaepInfo info = OaepInfo.parse(carrier.encryptedTo(recipient));
            long carried = Oaep.takeOver(session.session(), receiver.getPrivateKey(), info);
            try {
                return under(session, wrapped, from, carried);
            } finally {
                session.session().destroyObject(carried);
            }
        } finally {
            session.session().destroyObject(receiver.getPrivateKey());
            session.session().destroyObject(receiver.getPublicKey());
        }
    }

    private List<byte[]> under(TokenSession session, List<byte[]> wrapped, KeyEncryptionKey from, long carried)
            throws PKCS11Exception {
        long opening = keks.opening(session, from);
        try {
            return passing.rewrap(session.session(), wrapped, opening, carried, false);
        } finally {
            session.session().destroyObject(opening);
        }
    }

    /** Into this token. */
    List<byte[]> takeOver(TokenSession session, KeyEncryptionKey to, Function<CarrierKey, List<byte[]>> other)
            throws PKCS11Exception {
        long carrier = session.session().generateKey(AES_KEY, KekTemplates.carrier());
        try {
            List<byte[]> carried = other.apply(recipient -> encrypted(session.session(), recipient, carrier));
            return passing.rewrap(session.session(), carried, carrier, keks.handle(session, to), to.trusted());
        } finally {
            session.session().destroyObject(carrier);
        }
    }

    /** Called while the other token works; what this one refuses is none of its faults. */
    private byte[] encrypted(Session session, SubjectPublicKeyInfo recipient, long carrier) {
        if (!(KekRecipient.of(recipient) instanceof KekRecipient.Rsa rsa)) {
            throw new IllegalArgumentException("a carrier is encrypted to an RSA key");
        }
        try {
            return Oaep.handOver(session, rsa, carrier);
        } catch (PKCS11Exception fault) {
            throw new TokenRefusedException(
                    "token " + token + " encrypts no key to another token (" + fault.getErrorName() + ")", fault);
        }
    }
}
