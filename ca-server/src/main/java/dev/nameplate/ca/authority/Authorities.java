package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.KeyVault;
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
            long version,
            List<IssuerRecord> all,
            Map<IssuerName, IssuerKey> active,
            Map<IssuerGeneration, IssuerKey> answerable,
            List<CrlKey> crlKeys,
            Map<IssuerName, HandedOut> handedOut) {}

    /** @param news what is in it that does not sign yet */
    private record HandedOut(List<CertificateDer> chain, List<IssuerGeneration> news) {
        static final HandedOut NOTHING = new HandedOut(List.of(), List.of());
    }

    public Authorities(IssuerRegistry registry, KeyVault vault) {
        this.registry = registry;
        this.vault = vault;
        this.view = load();
    }

    /** Takes over what the registry says now. */
    public void reload() {
        view = load();
    }

    /** Takes over what any process changed. @return whether there was anything */
    public boolean follow() {
        if (registry.version() == view.version()) {
            return false;
        }
        reload();
        return true;
    }

    /** The key that signs for this issuer now; nothing while it waits for its certificate, or was never founded. */
    public Optional<IssuerKey> activeKeyFor(IssuerName issuer) {
        return Optional.ofNullable(view.active().get(issuer));
    }

    /**
     * The key of a generation that was ever handed out, retired ones included: it still answers for what it issued, by
     * certifying a responder. Nothing if its key is not ours, or destroyed.
     */
    public Optional<IssuerKey> answerableKeyFor(IssuerGeneration generation) {
        return Optional.ofNullable(view.answerable().get(generation));
    }

    /**
     * What a client needs to trust this issuer: the certificates of its generations that are handed out, their parents', the
     * roots', and while a root is replaced the certificates that join the old one and the new one (RFC 7030, 4.1.3). Empty while
     * it has none.
     */
    public List<CertificateDer> chainFor(IssuerName issuer) {
        return handedOut(issuer).chain();
    }

    /** What {@link #chainFor} hands out that does not sign yet: of this issuer, and of those above it. Mostly nothing. */
    public List<IssuerGeneration> newsFor(IssuerName issuer) {
        return handedOut(issuer).news();
    }

    /** What whoever deals with this issuer has to trust: its root, and while that is replaced the next one, too. */
    public List<CertificateDer> rootsFor(IssuerName issuer) {
        return new ChainBook(view.all()).rootsOf(issuer);
    }

    /**
     * What a server shows after its certificate from this generation: the issuers below the root, and certificates that lead to
     * another root of the same name, for clients that have only that. Empty for a generation that is not there.
     */
    public List<CertificateDer> shownBy(IssuerGeneration generation) {
        return record(generation)
                .filter(record -> !record.chain().isEmpty())
                .map(record -> new ChainBook(view.all()).shownBy(record))
                .orElse(List.of());
    }

    public Optional<IssuerRecord> record(IssuerGeneration generation) {
        return view.all().stream()
                .filter(record -> record.generation().equals(generation))
                .findFirst();
    }

    /** The keys of every generation that was ever handed out, for what is said of its certificates. */
    public List<CrlKey> crlKeys() {
        return view.crlKeys();
    }

    public List<IssuerRecord> all() {
        return view.all();
    }

    private HandedOut handedOut(IssuerName issuer) {
        return view.handedOut().getOrDefault(issuer, HandedOut.NOTHING);
    }

    private View load() {
        long version = registry.version();
        List<IssuerRecord> all = List.copyOf(registry.list());
        Map<IssuerName, IssuerKey> active = all.stream()
                .filter(record -> record.state() == IssuerRecord.State.ACTIVE
                        && !record.keyUri().isEmpty())
                .map(this::keyOf)
                .collect(Collectors.toUnmodifiableMap(key -> key.generation().issuer(), Function.identity()));
        List<IssuerRecord> answering = all.stream().filter(Authorities::answers).toList();
        Map<IssuerGeneration, IssuerKey> answerable = answering.stream()
                .map(this::keyOf)
                .collect(Collectors.toUnmodifiableMap(IssuerKey::generation, Function.identity()));
        List<CrlKey> crlKeys = answering.stream()
                .map(record -> new CrlKey(record, caKeyOf(record)))
                .toList();
        return new View(version, all, active, answerable, crlKeys, handedOut(all));
    }

    /** Also without a key of ours: a root elsewhere is handed out as well. */
    private static Map<IssuerName, HandedOut> handedOut(List<IssuerRecord> all) {
        ChainBook book = new ChainBook(all);
        return all.stream()
                .map(record -> record.generation().issuer())
                .distinct()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), name -> new HandedOut(book.handedOutFor(name), book.newsFor(name))));
    }

    private static boolean answers(IssuerRecord record) {
        return record.state() != IssuerRecord.State.PREPARED
                && record.state() != IssuerRecord.State.DESTROYED
                && !record.chain().isEmpty()
                && !record.keyUri().isEmpty();
    }

    private IssuerKey keyOf(IssuerRecord record) {
        return new IssuerKey(record, caKeyOf(record));
    }

    private CaKey caKeyOf(IssuerRecord record) {
        var certificate = record.chain().getFirst().parsed();
        return new CaKey(vault.signingKey(KeyUri.parse(record.keyUri())), certificate.getSubjectPublicKeyInfo());
    }
}
