package dev.nameplate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.nameplate.hsm.KeyMissingException;
import dev.nameplate.hsm.KeyNotAcceptableException;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.VaultKey;
import dev.nameplate.hsm.VaultListener;
import dev.nameplate.hsm.pkcs11.TokenKeys.TokenKey;
import java.time.Duration;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/** Holds the key's name; its handle only for one {@link Epoch}. */
final class Pkcs11SigningKey implements SigningKey {
    private final KeyUri uri;
    private final TokenCalls calls;
    private final TokenKeys keys;
    private final VaultListener listener;
    private final FastLane.Pace pace = new FastLane.Pace();
    private volatile @Nullable Resolved resolved;

    Pkcs11SigningKey(KeyUri uri, TokenCalls calls, TokenKeys keys, VaultListener listener) {
        this.uri = uri;
        this.calls = calls;
        this.keys = keys;
        this.listener = listener;
    }

    @Override
    public KeyUri uri() {
        return uri;
    }

    @Override
    public SubjectPublicKeyInfo publicKey() {
        Resolved known = resolved;
        return known != null
                ? known.key().publicKey()
                : calls.run(session -> resolve(session).key().publicKey());
    }

    VaultKey key() {
        return calls.run(session -> resolve(session).key());
    }

    @Override
    public byte[] sign(SignatureScheme scheme, byte[] message) {
        byte[] input = scheme.hashes() ? scheme.digest(message) : message.clone();
        return calls.run(pace, session -> signature(session, scheme, input));
    }

    @Override
    public byte[] signDigest(SignatureScheme scheme, byte[] digest) {
        scheme.requireDigest(digest);
        byte[] input = digest.clone();
        return calls.run(pace, session -> signature(session, scheme, input));
    }

    private byte[] signature(TokenSession session, SignatureScheme scheme, byte[] input)
            throws PKCS11Exception, TokenLoss {
        long began = System.nanoTime();
        Resolved key = resolve(session);
        KeySpec spec = key.key().spec();
        scheme.require(spec);
        byte[] raw = session.session()
                .signSingle(new Mechanism(mechanism(spec)), key.handle(), SignatureFormat.toToken(scheme, spec, input));
        byte[] signature = SignatureFormat.fromToken(spec, raw);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        pace.took(took);
        listener.signed(took);
        return signature;
    }

    private Resolved resolve(TokenSession session) throws PKCS11Exception, TokenLoss {
        Resolved known = resolved;
        if (known != null && known.epoch().equals(session.epoch())) {
            return known;
        }
        TokenKey found =
                keys.find(session.session(), uri).orElseThrow(() -> new KeyMissingException("there is no key " + uri));
        requireStaysInside(found);
        requireSameKey(known, found);
        Resolved fresh = new Resolved(found.handle(), session.epoch(), found.key());
        resolved = fresh;
        return fresh;
    }

    private void requireStaysInside(TokenKey found) {
        if (found.extractable() || !found.key().sensitive()) {
            throw new KeyNotAcceptableException(
                    "key " + uri + " could leave the token; only a sensitive key that is not extractable may sign");
        }
    }

    private void requireSameKey(@Nullable Resolved known, TokenKey found) {
        if (known != null && !known.key().publicKey().equals(found.key().publicKey())) {
            throw new KeyNotAcceptableException("key " + uri + " is another one than before");
        }
    }

    private static long mechanism(KeySpec spec) {
        return switch (spec) {
            case EC_P256, EC_P384 -> CKM_ECDSA;
            case RSA_3072, RSA_4096 -> CKM_RSA_PKCS;
            case ED25519 -> CKM_EDDSA;
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> throw KeyTemplates.noMlDsa(spec);
        };
    }

    private record Resolved(long handle, Epoch epoch, VaultKey key) {}
}
