package dev.nameplate.hsm.software;

import dev.nameplate.hsm.DeviceKey;
import dev.nameplate.hsm.KeyId;
import dev.nameplate.hsm.KeyMissingException;
import dev.nameplate.hsm.KeyNotAcceptableException;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.NoSuchTokenException;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.TestSignature;
import dev.nameplate.hsm.TokenFacts;
import dev.nameplate.hsm.VaultException;
import dev.nameplate.hsm.VaultHealth;
import dev.nameplate.hsm.VaultKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys on the Java heap, gone when the process ends: for tests and trials, never for a CA that anyone relies on. It protects
 * nothing, and its keys say so: not sensitive, not {@code neverExtractable}.
 */
public final class SoftwareVault implements KeyVault {
    private static final int WRAPPING_KEY_OCTETS = 32;

    private final String token;
    private final SecureRandom random = new SecureRandom();
    private final Map<KeyId, SoftwareKey> keys = new ConcurrentHashMap<>();

    public SoftwareVault(String token) {
        this.token = token;
    }

    @Override
    public VaultKey generate(KeySpec spec, String label) {
        if (label.isBlank()) {
            throw new IllegalArgumentException("key label is empty");
        }
        KeyId id = KeyId.random(random);
        SoftwareKey key = SoftwareKey.generate(KeyUri.of(KeyUri.Scheme.SOFTWARE, token, label, id), spec, random);
        keys.put(id, key);
        return key.described();
    }

    @Override
    public KeyVault inToken(String label) {
        if (!label.equals(token)) {
            throw new NoSuchTokenException("token " + label + " is not token " + token);
        }
        return this;
    }

    @Override
    public TokenFacts facts() {
        return new TokenFacts(token, "Nameplate", "software", "0", "0", "0");
    }

    @Override
    public DeviceKey makeForDevice(KeySpec spec) {
        byte[] wrappingKey = new byte[WRAPPING_KEY_OCTETS];
        random.nextBytes(wrappingKey);
        KeyUri nowhere = KeyUri.of(KeyUri.Scheme.SOFTWARE, token, "given", KeyId.random(random));
        return SoftwareKey.generate(nowhere, spec, random).toGive(wrappingKey);
    }

    @Override
    public Optional<VaultKey> find(KeyUri uri) {
        return only(uri).map(SoftwareKey::described);
    }

    @Override
    public List<VaultKey> list() {
        return keys.values().stream().map(SoftwareKey::described).toList();
    }

    @Override
    public SigningKey signingKey(KeyUri uri) {
        requireOurs(uri);
        return new SoftwareSigningKey(uri, () -> required(uri));
    }

    @Override
    public void destroy(KeyUri uri) {
        required(uri).described().uri().id().ifPresent(keys::remove);
    }

    @Override
    public VaultHealth probe(KeyUri uri) {
        try {
            return TestSignature.by(signingKey(uri), required(uri).described().spec());
        } catch (VaultException reason) {
            return new VaultHealth.Unhealthy(reason);
        }
    }

    @Override
    public void close() {
        keys.clear();
    }

    private SoftwareKey required(KeyUri uri) {
        return only(uri).orElseThrow(() -> new KeyMissingException("there is no key " + uri));
    }

    private Optional<SoftwareKey> only(KeyUri uri) {
        requireOurs(uri);
        List<SoftwareKey> found =
                keys.values().stream().filter(key -> key.isNamed(uri)).limit(2).toList();
        if (found.size() > 1) {
            throw new KeyNotAcceptableException("several keys are named " + uri + "; add id= to name one");
        }
        return found.stream().findFirst();
    }

    private void requireOurs(KeyUri uri) {
        if (uri.scheme() != KeyUri.Scheme.SOFTWARE || !uri.token().label().equals(token)) {
            throw new NoSuchTokenException("key " + uri + " is not in software vault " + token);
        }
    }
}
