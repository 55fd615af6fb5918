package dev.nameplate.bench;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.nameplate.hsm.KeyUri;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11KeyPair;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Session;

/** The calls that a unit's key needs, with nothing between them: a session per thread, in a library that is logged in already. */
final class BareToken implements Runnable {
    private static final byte[] P256 = HexFormat.of().parseHex("06082a8648ce3d030107");

    private final PKCS11Module module;
    private final KeyUri issuer;
    private final ThreadLocal<Work> work = ThreadLocal.withInitial(this::open);

    private record Work(Session session, long kek, long issuer) {}

    BareToken(Path library, KeyUri issuer) throws IOException {
        this.module = PKCS11Module.getInstance(library.toString());
        this.issuer = issuer;
    }

    @Override
    public void run() {
        try {
            Work mine = work.get();
            Session session = mine.session();
            PKCS11KeyPair pair = session.generateKeyPair(new Mechanism(CKM_EC_KEY_PAIR_GEN), template());
            session.getAttrValues(pair.getPublicKey(), CKA_EC_POINT);
            session.wrapKey(new Mechanism(CKM_AES_KEY_WRAP_PAD), mine.kek(), pair.getPrivateKey());
            session.destroyObject(pair.getPrivateKey());
            session.destroyObject(pair.getPublicKey());
            session.signSingle(new Mechanism(CKM_ECDSA), mine.issuer(), new byte[32]);
        } catch (PKCS11Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Work open() {
        try {
            Session session = module.getSlotList(true)[0].getToken().openSession(true);
            AttributeVector kek = new AttributeVector()
                    .class_(CKO_SECRET_KEY)
                    .keyType(CKK_AES)
                    .token(false)
                    .private_(true)
                    .sensitive(true)
                    .extractable(false)
                    .wrap(true)
                    .valueLen(32);
            long key = session.findAllObjectsSingle(new AttributeVector()
                    .class_(CKO_PRIVATE_KEY)
                    .id(issuer.id().orElseThrow().bytes()))[0];
            return new Work(session, session.generateKey(new Mechanism(CKM_AES_KEY_GEN), kek), key);
        } catch (PKCS11Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPairTemplate template() {
        KeyPairTemplate pair =
                new KeyPairTemplate(CKK_EC).token(false).private_(true, false).signVerify(true);
        pair.privateKey().sensitive(true).extractable(true);
        pair.publicKey().ecParams(P256);
        return pair;
    }
}
