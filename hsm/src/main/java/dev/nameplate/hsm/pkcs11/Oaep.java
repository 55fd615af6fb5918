package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.nameplate.hsm.KekRecipient;
import dev.nameplate.hsm.OaepInfo;
import java.util.Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.params.RSA_PKCS_OAEP_PARAMS;

/** RSAES-OAEP by the token, with SHA-256 where it can, else with SHA-1 (which is no weakness in OAEP). */
final class Oaep {
    private static final Set<Long> HASH_NOT_KNOWN =
            Set.of(CKR_ARGUMENTS_BAD, CKR_MECHANISM_PARAM_INVALID, CKR_MECHANISM_INVALID);
    private static final AlgorithmIdentifier WITH_SHA256 =
            algorithm(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE));
    private static final AlgorithmIdentifier WITH_SHA1 =
            algorithm(new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1, DERNull.INSTANCE));

    private Oaep() {}

    /** @return a CMS RecipientInfo in DER */
    static byte[] handOver(Session session, KekRecipient.Rsa recipient, long kek) throws PKCS11Exception {
        long to = session.createObject(KekTemplates.recipient(recipient));
        try {
            return recipient.recipientInfo(WITH_SHA256, wrap(session, CKM_SHA256, CKG_MGF1_SHA256, to, kek));
        } catch (PKCS11Exception fault) {
            if (!HASH_NOT_KNOWN.contains(fault.getErrorCode())) {
                throw fault;
            }
            return recipient.recipientInfo(WITH_SHA1, wrap(session, CKM_SHA_1, CKG_MGF1_SHA1, to, kek));
        } finally {
            session.destroyObject(to);
        }
    }

    /** @param info of a key that was encrypted to {@code receiver}; the key is then an object of the session */
    static long takeOver(Session session, long receiver, OaepInfo info) throws PKCS11Exception {
        Mechanism by = info.sha256() ? mechanism(CKM_SHA256, CKG_MGF1_SHA256) : mechanism(CKM_SHA_1, CKG_MGF1_SHA1);
        return session.unwrapKey(by, receiver, info.encryptedKey(), KekTemplates.carried());
    }

    private static byte[] wrap(Session session, long hash, long mask, long to, long kek) throws PKCS11Exception {
        return session.wrapKey(mechanism(hash, mask), to, kek);
    }

    private static Mechanism mechanism(long hash, long mask) {
        return new Mechanism(CKM_RSA_PKCS_OAEP, new RSA_PKCS_OAEP_PARAMS(hash, mask, CKZ_DATA_SPECIFIED, null));
    }

    private static AlgorithmIdentifier algorithm(AlgorithmIdentifier hash) {
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSAES_OAEP,
                new RSAESOAEPparams(
                        hash,
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash),
                        RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));
    }
}
