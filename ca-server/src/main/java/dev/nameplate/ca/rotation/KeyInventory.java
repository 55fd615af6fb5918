package dev.nameplate.ca.rotation;

import dev.nameplate.ca.authority.Authorities;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.VaultKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Every key of this CA: those on record, whether they are there or not, and those in the token that no record tells of. */
public final class KeyInventory {
    private final KeyVault vault;
    private final Authorities authorities;
    private final ServiceKeys services;
    private final Horizons horizons;
    private final Holdings holdings;

    /**
     * What others hold.
     *
     * @param files keys that are in no token
     * @param secrets keys in a token that are no key pairs
     */
    public record Holdings(
            Supplier<Collection<? extends KeyKeeper>> keepers,
            Supplier<List<KeyEntry>> files,
            Supplier<List<KeyEntry>> secrets) {}

    public KeyInventory(
            KeyVault vault, Authorities authorities, ServiceKeys services, Horizons horizons, Holdings holdings) {
        this.vault = vault;
        this.authorities = authorities;
        this.services = services;
        this.horizons = horizons;
        this.holdings = holdings;
    }

    /** What ages are counted to. */
    public Instant now() {
        return services.now();
    }

    /** Without those that were destroyed, which the audit trail tells of. */
    public List<KeyEntry> all() {
        List<VaultKey> there = vault.list();
        List<KeyEntry> all = new ArrayList<>();
        authorities.all().stream()
                .filter(issuer -> !issuer.keyUri().isEmpty())
                .map(issuer -> entry(issuer, there))
                .forEach(all::add);
        services.list().stream()
                .filter(key -> key.state() != ServiceKey.State.DESTROYED)
                .map(key -> entry(key, there))
                .forEach(all::add);
        all.addAll(unknown(all, there));
        all.addAll(holdings.files().get());
        all.addAll(holdings.secrets().get());
        return all;
    }

    private KeyEntry entry(IssuerRecord issuer, List<VaultKey> there) {
        Optional<VaultKey> key = find(issuer.keyUri(), there);
        return new KeyEntry(
                "issuer " + issuer.generation(),
                issuer.keyUri(),
                token(issuer.keyUri()),
                algorithm(key),
                state(issuer.state(), key),
                new KeyTimes(
                        issuer.createdAt(),
                        next(issuer),
                        issuer.chain().stream().findFirst().map(KeyInventory::end)));
    }

    /** From that day on it would cut certificates short. */
    private Optional<Instant> next(IssuerRecord issuer) {
        return horizons.all().stream()
                .filter(horizon -> horizon.cohort().issuer().equals(issuer.generation()))
                .filter(_ -> issuer.state() == IssuerRecord.State.ACTIVE)
                .flatMap(horizon -> horizon.shortensFrom().stream())
                .min(Instant::compareTo);
    }

    private KeyEntry entry(ServiceKey service, List<VaultKey> there) {
        Optional<? extends KeyKeeper> keeper = holdings.keepers().get().stream()
                .filter(one -> one.purpose().equals(service.purpose()))
                .filter(_ -> service.state() == ServiceKey.State.ACTIVE)
                .findFirst();
        Optional<VaultKey> key = find(service.keyUri(), there);
        return new KeyEntry(
                service.purpose(),
                service.keyUri(),
                token(service.keyUri()),
                algorithm(key),
                state(service.state(), key),
                new KeyTimes(
                        service.madeAt(), keeper.flatMap(KeyKeeper::next), keeper.flatMap(KeyKeeper::certificateEnds)));
    }

    private List<KeyEntry> unknown(List<KeyEntry> known, List<VaultKey> there) {
        Set<VaultKey> named = new HashSet<>();
        known.stream()
                .filter(entry -> !entry.token().isEmpty())
                .flatMap(entry -> find(entry.uri(), there).stream())
                .forEach(named::add);
        return there.stream()
                .filter(key -> !named.contains(key))
                .map(key -> new KeyEntry(
                        key.uri().object().orElse(""),
                        key.uri().toString(),
                        key.uri().token().label(),
                        word(key.spec()),
                        "unknown",
                        new KeyTimes(Instant.EPOCH, Optional.empty(), Optional.empty())))
                .toList();
    }

    /** Also one that has no public key beside it, and is not listed therefore. */
    private Optional<VaultKey> find(String uri, List<VaultKey> there) {
        KeyUri wanted = KeyUri.parse(uri);
        return there.stream()
                .filter(key -> names(wanted, key.uri()))
                .findFirst()
                .or(() -> vault.reaches(wanted.token().label()) ? vault.find(wanted) : Optional.empty());
    }

    private static boolean names(KeyUri wanted, KeyUri key) {
        return wanted.token().label().equals(key.token().label())
                && (wanted.id().isPresent()
                        ? wanted.id().equals(key.id())
                        : wanted.object().equals(key.object()));
    }

    private static String token(String uri) {
        return KeyUri.parse(uri).token().label();
    }

    private static String algorithm(Optional<VaultKey> key) {
        return key.map(found -> word(found.spec())).orElse("");
    }

    private static String state(Enum<?> recorded, Optional<VaultKey> key) {
        return key.isPresent() || recorded.name().equals("DESTROYED") ? word(recorded) : "missing";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Instant end(CertificateDer certificate) {
        return certificate.parsed().getNotAfter().toInstant();
    }
}
