package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PRIVATE_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_SECRET_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKS_RO_USER_FUNCTIONS;

import dev.nameplate.hsm.KeyId;
import java.io.IOException;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;

/** Another part of this process that uses the same library without asking. */
final class OtherUser {
    private final PKCS11Module module;

    OtherUser() throws IOException {
        module = PKCS11Module.getInstance(SoftHsm.library().toString());
    }

    void finalizesTheLibrary() throws PKCS11Exception {
        module.finalize(null);
    }

    void initializesTheLibrary() throws PKCS11Exception {
        module.initialize();
    }

    void closesAllSessions() throws PKCS11Exception, iaik.pkcs.pkcs11.wrapper.PKCS11Exception {
        module.getPKCS11Module().C_CloseAllSessions(token().getTokenID());
    }

    void logsOut() throws PKCS11Exception {
        Session session = token().openSession(true);
        session.logout();
        session.closeSession();
    }

    /** A login ends with the last session of the process. */
    boolean findsTheProcessLoggedIn() throws PKCS11Exception {
        Session session = token().openSession(false);
        try {
            return session.getSessionInfo().getState() == CKS_RO_USER_FUNCTIONS;
        } finally {
            session.closeSession();
        }
    }

    /** Reads an attribute of a private key in a session of its own; the login is the process's. */
    AttributeVector reads(KeyId id, long attribute) throws PKCS11Exception {
        Session session = token().openSession(false);
        try {
            long[] keys = session.findAllObjectsSingle(
                    new AttributeVector().class_(CKO_PRIVATE_KEY).id(id.bytes()));
            return session.getAttrValues(keys[0], attribute);
        } finally {
            session.closeSession();
        }
    }

    /** How many private keys this process sees, those of its sessions included. */
    int privateKeys() throws PKCS11Exception {
        return count(CKO_PRIVATE_KEY);
    }

    /** How many secret keys this process sees, those of its sessions included. */
    int secretKeys() throws PKCS11Exception {
        return count(CKO_SECRET_KEY);
    }

    private int count(long kind) throws PKCS11Exception {
        Session session = token().openSession(false);
        try {
            return session.findAllObjectsSingle(new AttributeVector().class_(kind)).length;
        } finally {
            session.closeSession();
        }
    }

    private Token token() throws PKCS11Exception {
        return module.getSlotList(true)[0].getToken();
    }
}
