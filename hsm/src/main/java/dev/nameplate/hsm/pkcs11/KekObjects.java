package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.nameplate.hsm.KekDestruction;
import dev.nameplate.hsm.KeyEncryptionKey;
import dev.nameplate.hsm.KeyId;
import dev.nameplate.hsm.KeyMissingException;
import dev.nameplate.hsm.KeyNotAcceptableException;
import dev.nameplate.hsm.TokenFacts;
import dev.nameplate.hsm.TokenFullException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** The key-encryption keys in a token. Their handles are kept for one {@link Epoch}. */
final class KekObjects {
    private static final int MANY = 10_000;
    private static final Set<Long> OFFICERS_ALONE = Set.of(
            CKR_ATTRIBUTE_READ_ONLY,
            CKR_ATTRIBUTE_VALUE_INVALID,
            CKR_TEMPLATE_INCONSISTENT,
            CKR_ACTION_PROHIBITED,
            CKR_USER_NOT_LOGGED_IN);

    private final String token;
    private final Map<KeyId, Resolved> resolved = new ConcurrentHashMap<>();

    KekObjects(String token) {
        this.token = token;
    }

    void requireFree(Session session, String label) throws PKCS11Exception {
        if (session.findObjectsSingle(byLabel(label), 1).length > 0) {
            throw new KeyNotAcceptableException("there is a key-encryption key " + label + " already");
        }
    }

    /** Keeps a copy of a session's key in the token; what the copy is like is read back. */
    KeyEncryptionKey keep(Session session, long source, KeyId id, String label) throws PKCS11Exception {
        try {
            long kept = copied(session, source, id, label);
            Described described = described(session, kept);
            Optional<String> objection = described.objection();
            if (objection.isPresent()) {
                session.destroyObject(kept);
                throw new KeyNotAcceptableException(
                        "token " + token + " made a key-encryption key that " + objection.get() + "; it was destroyed");
            }
            return described.kek();
        } catch (PKCS11Exception fault) {
            if (!Faults.mayBeFull(fault)) {
                throw fault;
            }
            session.getToken().getTokenInfo();
            throw new TokenFullException(
                    "token " + token + " cannot store another key (" + fault.getErrorName() + ")", fault);
        }
    }

    /** Trusted if the token lets its user say so; most let their security officer alone. */
    private static long copied(Session session, long source, KeyId id, String label) throws PKCS11Exception {
        try {
            return session.copyObject(source, KekTemplates.kept(id, label).trusted(true));
        } catch (PKCS11Exception fault) {
            if (!OFFICERS_ALONE.contains(fault.getErrorCode())) {
                throw fault;
            }
            return session.copyObject(source, KekTemplates.kept(id, label));
        }
    }

    Optional<KeyEncryptionKey> find(Session session, String label) throws PKCS11Exception {
        session.getToken().getTokenInfo();
        long[] handles = session.findObjectsSingle(byLabel(label), 2);
        if (handles.length > 1) {
            throw new KeyNotAcceptableException("several key-encryption keys are labelled " + label);
        }
        return handles.length == 0 ? Optional.empty() : Optional.of(acceptable(session, handles[0]));
    }

    List<KeyEncryptionKey> all(Session session) throws PKCS11Exception {
        session.getToken().getTokenInfo();
        List<KeyEncryptionKey> all = new ArrayList<>();
        AttributeVector every = new AttributeVector().class_(CKO_SECRET_KEY).token(true);
        for (long handle : session.findObjectsSingle(every, MANY)) {
            AttributeVector attributes = session.getAttrValues(handle, CKA_ID, CKA_WRAP, CKA_KEY_TYPE);
            byte[] id = attributes.id();
            if (id != null && id.length > 0 && Boolean.TRUE.equals(attributes.wrap())) {
                all.add(described(session, handle).kek());
            }
        }
        return List.copyOf(all);
    }

    /** The handle of the key, looked up anew after every loss. */
    long handle(TokenSession session, KeyEncryptionKey kek) throws PKCS11Exception {
        Resolved known = resolved.get(kek.id());
        if (known != null && known.epoch().equals(session.epoch())) {
            return known.handle();
        }
        long[] handles = session.session().findObjectsSingle(byId(kek.id()).class_(CKO_SECRET_KEY), 2);
        if (handles.length != 1) {
            throw new KeyMissingException("there is no key-encryption key " + kek.label() + " in token " + token);
        }
        if (!acceptable(session.session(), handles[0]).equals(kek)) {
            throw new KeyNotAcceptableException("key-encryption key " + kek.label() + " is another one than before");
        }
        resolved.put(kek.id(), new Resolved(handles[0], session.epoch()));
        return handles[0];
    }

    /** A copy of the key for the session, which opens what the key wrapped and does nothing else; to be destroyed by the caller. */
    long opening(TokenSession session, KeyEncryptionKey kek) throws PKCS11Exception {
        return session.session().copyObject(handle(session, kek), KekTemplates.opening());
    }

    KekDestruction destroy(Session session, KeyEncryptionKey kek) throws PKCS11Exception {
        resolved.remove(kek.id());
        int destroyed = 0;
        for (long handle : session.findObjectsSingle(byId(kek.id()), MANY)) {
            session.destroyObject(handle);
            destroyed++;
        }
        int found = session.findObjectsSingle(byId(kek.id()), MANY).length;
        return new KekDestruction(kek, destroyed, found, facts(session));
    }

    static TokenFacts facts(Session session) throws PKCS11Exception {
        TokenInfo info = session.getToken().getTokenInfo();
        return new TokenFacts(
                info.getLabel().strip(),
                info.getManufacturerID().strip(),
                info.getModel().strip(),
                info.getSerialNumber().strip(),
                info.getHardwareVersion().toString(),
                info.getFirmwareVersion().toString());
    }

    private KeyEncryptionKey acceptable(Session session, long handle) throws PKCS11Exception {
        Described described = described(session, handle);
        if (described.objection().isPresent()) {
            throw new KeyNotAcceptableException("key-encryption key "
                    + described.kek().label() + " " + described.objection().get() + "; it is not used");
        }
        return described.kek();
    }

    private static Described described(Session session, long handle) throws PKCS11Exception {
        AttributeVector key = session.getAttrValues(
                handle,
                CKA_ID,
                CKA_LABEL,
                CKA_CHECK_VALUE,
                CKA_TRUSTED,
                CKA_SENSITIVE,
                CKA_EXTRACTABLE,
                CKA_DECRYPT,
                CKA_UNWRAP,
                CKA_WRAP);
        byte[] check = key.checkValue();
        KeyEncryptionKey kek = new KeyEncryptionKey(
                KeyId.of(key.id()),
                Optional.ofNullable(key.label()).orElse(""),
                check == null ? "000000" : HexFormat.of().formatHex(check),
                Boolean.TRUE.equals(key.trusted()));
        boolean leaves = !Boolean.FALSE.equals(key.extractable()) || !Boolean.TRUE.equals(key.sensitive());
        boolean opens = !Boolean.FALSE.equals(key.decrypt()) || !Boolean.FALSE.equals(key.unwrap());
        return new Described(kek, leaves, opens, Boolean.TRUE.equals(key.wrap()));
    }

    private static AttributeVector byLabel(String label) {
        return new AttributeVector().class_(CKO_SECRET_KEY).token(true).label(label);
    }

    private static AttributeVector byId(KeyId id) {
        return new AttributeVector().id(id.bytes());
    }

    private record Resolved(long handle, Epoch epoch) {}

    private record Described(KeyEncryptionKey kek, boolean leaves, boolean opens, boolean wraps) {
        Optional<String> objection() {
            if (leaves) {
                return Optional.of("could leave it (CKA_SENSITIVE, CKA_EXTRACTABLE)");
            }
            if (opens) {
                return Optional.of("could open what it wraps (CKA_DECRYPT, CKA_UNWRAP)");
            }
            return wraps ? Optional.empty() : Optional.of("does not wrap (CKA_WRAP)");
        }
    }
}
