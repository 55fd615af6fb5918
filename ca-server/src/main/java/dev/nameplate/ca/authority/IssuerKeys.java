package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.VaultKey;
import java.util.List;
import java.util.Optional;

/** The issuers' keys in the vault, found again by their label, so that a founding that was cut off makes no second one. */
final class IssuerKeys {
    private final KeyVault vault;
    private final KeyClaims claims;

    IssuerKeys(KeyVault vault, KeyClaims claims) {
        this.vault = vault;
        this.claims = claims;
    }

    /** As in {@code issuer-devices-1}. */
    static String label(IssuerGeneration generation) {
        return "issuer-" + generation.issuer() + "-" + generation.number();
    }

    /** @param made whether it was made just now, so that nobody but the caller knows of it */
    record Found(VaultKey key, boolean made) {}

    VaultKey foundOrMade(IssuerGeneration generation, IssuerSettings settings) {
        return find(generation, settings).key();
    }

    Found find(IssuerGeneration generation, IssuerSettings settings) {
        String label = label(generation);
        List<VaultKey> there = vault.list().stream()
                .filter(key -> key.uri().object().equals(Optional.of(label)))
                .toList();
        if (there.size() > 1) {
            throw new FoundingException("the token has " + there.size() + " keys with the label " + label
                    + "; remove those that are not the issuer's");
        }
        VaultKey key = there.isEmpty() ? place(settings).generate(settings.key(), label) : there.getFirst();
        if (key.spec() != settings.key()) {
            throw new FoundingException(
                    "the key " + label + " in the token is " + key.spec() + ", the settings want " + settings.key());
        }
        claim(generation, key);
        return new Found(key, there.isEmpty());
    }

    CaKey signing(VaultKey key) {
        return new CaKey(vault.signingKey(key.uri()), key.publicKey());
    }

    /** Destroys what there is of a generation's own keys; nothing if that was done before. */
    void destroy(IssuerRecord issuer) {
        if (!issuer.keyUri().isEmpty()) {
            KeyUri uri = KeyUri.parse(issuer.keyUri());
            if (vault.find(uri).isPresent()) {
                vault.destroy(uri);
            }
        }
    }

    void destroy(VaultKey key) {
        vault.destroy(key.uri());
    }

    private KeyVault place(IssuerSettings settings) {
        return settings.token().map(vault::inToken).orElse(vault);
    }

    private void claim(IssuerGeneration generation, VaultKey key) {
        Holder holder = Holder.ofCa("issuer-" + generation);
        if (!claims.claimKey(Keys.hashOf(key.publicKey()), holder)) {
            throw new FoundingException("the key of issuer " + generation + " is on record as somebody else's");
        }
    }
}
