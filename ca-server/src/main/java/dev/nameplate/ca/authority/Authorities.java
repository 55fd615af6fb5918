package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.KeyVault;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every issuer there is, as last loaded. Answers without touching the registry or the vault. */
public final class Authorities {
    private final IssuerRegistry registry;
    private final KeyVault vault;
    private volatile View view;

    private record View(
            List<IssuerRecord> all,
            Map<IssuerName, IssuerKey> active,
            Map<IssuerGeneration, IssuerKey> answerable,
            List<CrlKey> crlKeys) {}

    public Authorities(IssuerRegistry registry, KeyVault vault) {
        this.registry = registry;
        this.vault = vault;
        this.view = load();
    }

    /** Takes over what the registry says now. */
    public void reload() {
        view = load();
    }

    /** The key that signs for this issuer now; nothing while it waits for its certificate, or was never founded. */
    public Optional<IssuerKey> activeKeyFor(IssuerName issuer) {
        return Optional.ofNullable(view.active().get(issuer));
    }

    /**
     * The key of a generation that was ever handed out, retired ones included: it still answers for what it issued, by
     * certifying a responder. Nothing if its key is not ours.
     */
    public Optional<IssuerKey> answerableKeyFor(IssuerGeneration generation) {
        return Optional.ofNullable(view.answerable().get(generation));
    }

    /** What a client needs to trust this issuer: its certificate, its parents', the root's. Empty while it has none. */
    public List<CertificateDer> chainFor(IssuerName issuer) {
        return view.all().stream()
                .filter(record -> record.generation().issuer().equals(issuer))
                .filter(record ->
                        record.state() == IssuerRecord.State.ACTIVE || record.state() == IssuerRecord.State.PUBLISHED)
                .sorted(Comparator.comparingInt(
                                (IssuerRecord record) -> record.generation().number())
                        .reversed())
                .flatMap(record -> record.chain().stream())
                .distinct()
                .toList();
    }

    /** The keys of every generation that was ever handed out, for what is said of its certificates. */
    public List<CrlKey> crlKeys() {
        return view.crlKeys();
    }

    public List<IssuerRecord> all() {
        return view.all();
    }

    private View load() {
        List<IssuerRecord> all = List.copyOf(registry.list());
        Map<IssuerName, IssuerKey> active = all.stream()
                .filter(record -> record.state() == IssuerRecord.State.ACTIVE
                        && !record.keyUri().isEmpty())
                .map(this::keyOf)
                .collect(Collectors.toUnmodifiableMap(key -> key.generation().issuer(), Function.identity()));
        List<IssuerRecord> handedOut = all.stream()
                .filter(record -> record.state() != IssuerRecord.State.PREPARED
                        && !record.chain().isEmpty()
                        && !record.keyUri().isEmpty())
                .toList();
        Map<IssuerGeneration, IssuerKey> answerable = handedOut.stream()
                .map(this::keyOf)
                .collect(Collectors.toUnmodifiableMap(IssuerKey::generation, Function.identity()));
        List<CrlKey> crlKeys = handedOut.stream()
                .map(record -> new CrlKey(record, caKeyOf(record)))
                .toList();
        return new View(all, active, answerable, crlKeys);
    }

    private IssuerKey keyOf(IssuerRecord record) {
        return new IssuerKey(record, caKeyOf(record));
    }

    private CaKey caKeyOf(IssuerRecord record) {
        var certificate = record.chain().getFirst().parsed();
        return new CaKey(vault.signingKey(KeyUri.parse(record.keyUri())), certificate.getSubjectPublicKeyInfo());
    }
}
