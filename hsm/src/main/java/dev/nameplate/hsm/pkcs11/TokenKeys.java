package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.nameplate.hsm.KeyId;
import dev.nameplate.hsm.KeyNotAcceptableException;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.TokenFullException;
import dev.nameplate.hsm.TokenName;
import dev.nameplate.hsm.VaultKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11KeyPair;
import org.xipki.pkcs11.wrapper.Session;

/** The key objects of one token. */
final class TokenKeys {
    private static final int MANY = 10_000;

    private final String token;
    /** Keys seen in this process: one that cannot be found any more means that the token went away. */
    private final Set<KeyId> seen = ConcurrentHashMap.newKeySet();

    TokenKeys(String token) {
        this.token = token;
    }

    VaultKey generate(Session session, KeySpec spec, KeyId id, String label) throws PKCS11Exception, TokenLoss {
        try {
            PKCS11KeyPair pair =
                    session.generateKeyPair(KeyTemplates.mechanism(spec), KeyTemplates.pair(spec, id, label));
            VaultKey made = accepted(session, pair, id);
            seen.add(id);
            return made;
        } catch (PKCS11Exception fault) {
            if (!Faults.mayBeFull(fault)) {
                throw fault;
            }
            session.getToken().getTokenInfo();
            destroyObjects(session, id);
            throw new TokenFullException(
                    "token " + token + " cannot store another key (" + fault.getErrorName()
                            + "): full, or not writable",
                    fault);
        }
    }

    /** The one key; empty if the token works and has none. */
    Optional<TokenKey> find(Session session, KeyUri uri) throws PKCS11Exception, TokenLoss {
        long[] handles = session.findObjectsSingle(privateKeys(uri), 2);
        if (handles.length == 0) {
            requireWorkingToken(session, uri);
            return Optional.empty();
        }
        if (handles.length > 1) {
            throw new KeyNotAcceptableException("several keys are named " + uri + "; add id= to name one");
        }
        TokenKey key = described(session, handles[0])
                .orElseThrow(() -> new KeyNotAcceptableException(
                        "key " + uri + " has no public key beside it, or is of a kind not used here"));
        key.key().uri().id().ifPresent(seen::add);
        return Optional.of(key);
    }

    List<VaultKey> list(Session session) throws PKCS11Exception {
        session.getToken().getTokenInfo();
        List<VaultKey> keys = new ArrayList<>();
        for (long handle : session.findObjectsSingle(new AttributeVector().class_(CKO_PRIVATE_KEY), MANY)) {
            described(session, handle).ifPresent(found -> keys.add(found.key()));
        }
        return List.copyOf(keys);
    }

    void destroy(Session session, TokenKey key) throws PKCS11Exception {
        KeyId id = key.key().uri().id().orElseThrow();
        seen.remove(id);
        destroyObjects(session, id);
    }

    /** A token that vanished finds nothing and says it went well; its information, or a key seen before, tells. */
    private void requireWorkingToken(Session session, KeyUri uri) throws PKCS11Exception, TokenLoss {
        session.getToken().getTokenInfo();
        Optional<KeyId> witness = seen.stream().findFirst();
        if (witness.isPresent() && session.findObjectsSingle(byId(CKO_PRIVATE_KEY, witness.get()), 1).length == 0) {
            throw new TokenLoss(TokenLoss.Depth.KEY, "token " + token + " has no key " + uri);
        }
    }

    private VaultKey accepted(Session session, PKCS11KeyPair pair, KeyId id) throws PKCS11Exception {
        Optional<TokenKey> made = described(session, pair.getPrivateKey());
        Optional<String> objection =
                made.map(TokenKeys::objection).orElse(Optional.of("has no public key that can be read"));
        if (objection.isPresent()) {
            destroyObjects(session, id);
            throw new KeyNotAcceptableException(
                    "token " + token + " made a key that " + objection.get() + "; it was destroyed");
        }
        return made.orElseThrow().key();
    }

    private static Optional<String> objection(TokenKey made) {
        if (made.extractable() || !made.key().neverExtractable()) {
            return Optional.of("could leave it (CKA_EXTRACTABLE, CKA_NEVER_EXTRACTABLE)");
        }
        if (!made.key().sensitive() || !made.alwaysSensitive()) {
            return Optional.of("can be read (CKA_SENSITIVE, CKA_ALWAYS_SENSITIVE)");
        }
        return made.key().local() ? Optional.empty() : Optional.of("was not made inside (CKA_LOCAL)");
    }

    private Optional<TokenKey> described(Session session, long handle) throws PKCS11Exception {
        AttributeVector attributes = session.getAttrValues(
                handle,
                CKA_ID,
                CKA_LABEL,
                CKA_SENSITIVE,
                CKA_ALWAYS_SENSITIVE,
                CKA_EXTRACTABLE,
                CKA_NEVER_EXTRACTABLE,
                CKA_LOCAL);
        byte[] id = attributes.id();
        if (id == null || id.length == 0) {
            return Optional.empty();
        }
        Optional<SubjectPublicKeyInfo> publicKey = publicKey(session, KeyId.of(id));
        return publicKey.flatMap(KeySpec::of).map(spec -> tokenKey(handle, spec, publicKey.get(), attributes));
    }

    private TokenKey tokenKey(long handle, KeySpec spec, SubjectPublicKeyInfo publicKey, AttributeVector attributes) {
        VaultKey key = new VaultKey(
                uri(attributes),
                spec,
                publicKey,
                isTrue(attributes.sensitive()),
                isTrue(attributes.neverExtractable()),
                isTrue(attributes.local()));
        return new TokenKey(handle, key, isTrue(attributes.alwaysSensitive()), !isFalse(attributes.extractable()));
    }

    private KeyUri uri(AttributeVector attributes) {
        return new KeyUri(
                KeyUri.Scheme.PKCS11,
                TokenName.of(token),
                Optional.ofNullable(attributes.label()).filter(label -> !label.isEmpty()),
                Optional.of(KeyId.of(attributes.id())));
    }

    private static Optional<SubjectPublicKeyInfo> publicKey(Session session, KeyId id) throws PKCS11Exception {
        long[] handles = session.findObjectsSingle(byId(CKO_PUBLIC_KEY, id), 2);
        return handles.length == 1 ? PublicKeys.read(session, handles[0]) : Optional.empty();
    }

    private static void destroyObjects(Session session, KeyId id) throws PKCS11Exception {
        for (long kind : new long[] {CKO_PRIVATE_KEY, CKO_PUBLIC_KEY}) {
            for (long handle : session.findObjectsSingle(byId(kind, id), 2)) {
                session.destroyObject(handle);
            }
        }
    }

    private static AttributeVector privateKeys(KeyUri uri) {
        AttributeVector template = new AttributeVector().class_(CKO_PRIVATE_KEY);
        uri.object().ifPresent(template::label);
        uri.id().ifPresent(id -> template.id(id.bytes()));
        return template;
    }

    private static AttributeVector byId(long kind, KeyId id) {
        return new AttributeVector().class_(kind).id(id.bytes());
    }

    private static boolean isTrue(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    private static boolean isFalse(@Nullable Boolean value) {
        return Boolean.FALSE.equals(value);
    }

    /** A private key object of the current epoch. */
    record TokenKey(long handle, VaultKey key, boolean alwaysSensitive, boolean extractable) {}
}
