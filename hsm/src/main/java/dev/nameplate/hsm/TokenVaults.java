package dev.nameplate.hsm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Several tokens as one vault: every key is found where its URI says, and new ones are made in the first. For as long as it takes to
 * move from one token to another.
 */
public final class TokenVaults implements KeyVault {
    private final Map<String, KeyVault> byLabel;
    private final KeyVault first;
    private final Runnable afterwards;

    /**
     * @param byLabel in this order, the usual one first; closed with this
     * @param afterwards when all are closed
     */
    public TokenVaults(SequencedMap<String, KeyVault> byLabel, Runnable afterwards) {
        this.byLabel = new LinkedHashMap<>(byLabel);
        this.first = byLabel.firstEntry().getValue();
        this.afterwards = afterwards;
    }

    @Override
    public VaultKey generate(KeySpec spec, String label) {
        return first.generate(spec, label);
    }

    @Override
    public KeyVault inToken(String label) {
        KeyVault there = byLabel.get(label);
        if (there == null) {
            throw new NoSuchTokenException("there is no token " + label + " among " + byLabel.keySet()
                    + "; name it in the settings (tokens) for as long as there is a key in it");
        }
        return there;
    }

    @Override
    public TokenFacts facts() {
        return first.facts();
    }

    @Override
    public DeviceKey makeForDevice(KeySpec spec) {
        return first.makeForDevice(spec);
    }

    @Override
    public Optional<VaultKey> find(KeyUri uri) {
        return of(uri).find(uri);
    }

    @Override
    public List<VaultKey> list() {
        return byLabel.values().stream().flatMap(vault -> vault.list().stream()).toList();
    }

    @Override
    public SigningKey signingKey(KeyUri uri) {
        return of(uri).signingKey(uri);
    }

    @Override
    public void destroy(KeyUri uri) {
        of(uri).destroy(uri);
    }

    @Override
    public VaultHealth probe(KeyUri uri) {
        try {
            return of(uri).probe(uri);
        } catch (NoSuchTokenException reason) {
            return new VaultHealth.Unhealthy(reason);
        }
    }

    @Override
    public void close() {
        byLabel.values().forEach(KeyVault::close);
        afterwards.run();
    }

    private KeyVault of(KeyUri uri) {
        return inToken(uri.token().label());
    }
}
