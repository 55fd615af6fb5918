package dev.nameplate.ca.testkit;

import dev.nameplate.hsm.DeviceKey;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.TokenFacts;
import dev.nameplate.hsm.VaultHealth;
import dev.nameplate.hsm.VaultKey;
import dev.nameplate.hsm.VaultUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A vault whose keys sign as they should until told otherwise; counts their signatures. */
public final class FlakyKey implements KeyVault {
    private final KeyVault vault;
    private final AtomicInteger signatures = new AtomicInteger();
    private volatile Mood mood = Mood.GOOD;

    /** What a key does when it is asked to sign. */
    public enum Mood {
        GOOD,
        SIGNS_SOMETHING_ELSE,
        AWAY
    }

    public FlakyKey(KeyVault vault) {
        this.vault = vault;
    }

    public void be(Mood next) {
        mood = next;
    }

    public int signatures() {
        return signatures.get();
    }

    @Override
    public SigningKey signingKey(KeyUri uri) {
        return new Flaky(vault.signingKey(uri));
    }

    @Override
    public VaultKey generate(KeySpec spec, String label) {
        return vault.generate(spec, label);
    }

    @Override
    public KeyVault inToken(String label) {
        KeyVault there = vault.inToken(label);
        return there.equals(vault) ? this : there;
    }

    @Override
    public TokenFacts facts() {
        return vault.facts();
    }

    @Override
    public DeviceKey makeForDevice(KeySpec spec) {
        return vault.makeForDevice(spec);
    }

    @Override
    public Optional<VaultKey> find(KeyUri uri) {
        return vault.find(uri);
    }

    @Override
    public List<VaultKey> list() {
        return vault.list();
    }

    @Override
    public void destroy(KeyUri uri) {
        vault.destroy(uri);
    }

    @Override
    public VaultHealth probe(KeyUri uri) {
        return vault.probe(uri);
    }

    @Override
    public void close() {
        vault.close();
    }

    private final class Flaky implements SigningKey {
        private final SigningKey key;

        Flaky(SigningKey key) {
            this.key = key;
        }

        @Override
        public KeyUri uri() {
            return key.uri();
        }

        @Override
        public SubjectPublicKeyInfo publicKey() {
            return key.publicKey();
        }

        @Override
        public byte[] sign(SignatureScheme scheme, byte[] message) {
            signatures.incrementAndGet();
            return switch (mood) {
                case GOOD -> key.sign(scheme, message);
                case SIGNS_SOMETHING_ELSE -> key.sign(scheme, new byte[] {1});
                case AWAY -> throw new VaultUnavailableException("the token is away", Duration.ofSeconds(5));
            };
        }

        @Override
        public byte[] signDigest(SignatureScheme scheme, byte[] digest) {
            signatures.incrementAndGet();
            return switch (mood) {
                case GOOD -> key.signDigest(scheme, digest);
                case SIGNS_SOMETHING_ELSE -> key.signDigest(scheme, new byte[digest.length]);
                case AWAY -> throw new VaultUnavailableException("the token is away", Duration.ofSeconds(5));
            };
        }
    }
}
