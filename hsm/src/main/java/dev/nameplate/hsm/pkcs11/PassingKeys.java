package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.MechanismMissingException;
import dev.nameplate.hsm.TokenRefusedException;
import dev.nameplate.hsm.WrappedKeyDamagedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11KeyPair;
import org.xipki.pkcs11.wrapper.Session;

/**
 * Key pairs that only pass through a token: objects of one session, gone with it at the latest, wrapped and destroyed in the
 * call that made them.
 */
final class PassingKeys {
    /** PKCS#8, wrapped: on P-521 with its public key some 250 octets, and RSA from 2048 bits beyond 1100. */
    private static final int LONGEST_ON_A_CURVE = 512;

    private static final Mechanism AES_KEY = new Mechanism(CKM_AES_KEY_GEN);

    private volatile @Nullable Mechanism keyWrap;

    /** @param trustedOnly the key lets itself be wrapped by trusted keys alone */
    Wrapped make(Session session, KeySpec spec, long kek, boolean trustedOnly) throws PKCS11Exception {
        PKCS11KeyPair pair =
                session.generateKeyPair(KeyTemplates.mechanism(spec), KeyTemplates.pairToPass(spec, trustedOnly));
        try {
            byte[] wrapped = session.wrapKey(keyWrap(session), kek, pair.getPrivateKey());
            return new Wrapped(publicKey(session, pair), wrapped);
        } finally {
            session.destroyObject(pair.getPrivateKey());
            session.destroyObject(pair.getPublicKey());
        }
    }

    /**
     * Wraps keys anew.
     *
     * @param wrapped under the key that {@code opening} opens, and {@code kek} is to wrap
     * @param trustedOnly as in {@link #make}
     * @throws WrappedKeyDamagedException if one of them does not open although the token works
     */
    List<byte[]> rewrap(Session session, List<byte[]> wrapped, long opening, long kek, boolean trustedOnly)
            throws PKCS11Exception {
        Mechanism by = keyWrap(session);
        List<byte[]> anew = new ArrayList<>();
        for (byte[] one : wrapped) {
            boolean rsa = one.length > LONGEST_ON_A_CURVE;
            long key = opened(session, by, opening, one, KeyTemplates.toPassAgain(rsa, trustedOnly));
            try {
                anew.add(session.wrapKey(by, kek, key));
            } finally {
                session.destroyObject(key);
            }
        }
        return anew;
    }

    /** A token that is away and one that is given rubbish may answer alike; one that is there still makes a key. */
    private static long opened(Session session, Mechanism by, long opening, byte[] one, AttributeVector as)
            throws PKCS11Exception {
        try {
            return session.unwrapKey(by, opening, one, as);
        } catch (PKCS11Exception fault) {
            if (!Faults.mayBeTheInput(fault)) {
                throw fault;
            }
            session.getToken().getTokenInfo();
            session.destroyObject(session.generateKey(AES_KEY, KekTemplates.carrier()));
            throw new WrappedKeyDamagedException(
                    "a wrapped key does not open, though the token works: " + fault.getErrorName(), fault);
        }
    }

    /** RFC 5649 under the name that the token knows it by. */
    private Mechanism keyWrap(Session session) throws PKCS11Exception {
        Mechanism known = keyWrap;
        if (known != null) {
            return known;
        }
        long[] mechanisms = session.getToken().getMechanismList();
        Mechanism found = Arrays.stream(new long[] {CKM_AES_KEY_WRAP_KWP, CKM_AES_KEY_WRAP_PAD})
                .filter(name -> Arrays.stream(mechanisms).anyMatch(one -> one == name))
                .mapToObj(Mechanism::new)
                .findFirst()
                .orElseThrow(() -> new MechanismMissingException(
                        "the token has no AES key wrap with padding (CKM_AES_KEY_WRAP_KWP or CKM_AES_KEY_WRAP_PAD)"));
        keyWrap = found;
        return found;
    }

    private static SubjectPublicKeyInfo publicKey(Session session, PKCS11KeyPair pair) throws PKCS11Exception {
        return PublicKeys.read(session, pair.getPublicKey())
                .orElseThrow(() -> new TokenRefusedException("the token made a key without a public half"));
    }

    /** @param octets by AES key wrap with padding */
    record Wrapped(SubjectPublicKeyInfo publicKey, byte[] octets) {}
}
