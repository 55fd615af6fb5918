package dev.nameplate.ca.authority;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.lint.LintedCertificate;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.lint.Signatory;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.VaultKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the root and the issuing CAs that the settings want and that are not there yet. It may be cut off anywhere and run again:
 * keys are found by their label in the vault, certificates by their issuer in the registry.
 */
public final class Founding {
    private final KeyVault vault;
    private final IssuerRegistry registry;
    private final IssuerKeys keys;
    private final Linter linter;
    private final InstantSource clock;
    private final SecureRandom random;

    public Founding(
            KeyVault vault,
            IssuerRegistry registry,
            KeyClaims claims,
            Linter linter,
            InstantSource clock,
            SecureRandom random) {
        this.vault = vault;
        this.registry = registry;
        this.keys = new IssuerKeys(vault, claims);
        this.linter = linter;
        this.clock = clock;
        this.random = random;
    }

    /**
     * @return the first generation of each wanted issuer, parents first; one signed elsewhere is prepared only, and one below such
     *     a one is left out until that has its certificate
     * @throws FoundingException if the settings contradict each other, or the token or the ledger
     */
    public List<IssuerRecord> found(List<IssuerSettings> wanted, Cause cause) {
        List<IssuerRecord> founded = new ArrayList<>();
        for (IssuerSettings settings : parentsFirst(wanted)) {
            if (recorded(settings.name()).isEmpty()) {
                found(settings, cause);
            }
            recorded(settings.name()).ifPresent(founded::add);
        }
        return founded;
    }

    private void found(IssuerSettings settings, Cause cause) {
        switch (settings.origin()) {
            case IssuerSettings.Origin.ItsOwnKey() -> foundRoot(settings, cause);
            case IssuerSettings.Origin.Elsewhere() -> prepare(settings, cause);
            case IssuerSettings.Origin.Parent(var parent) ->
                new Authorities(registry, vault)
                        .activeKeyFor(parent)
                        .ifPresent(signer -> foundUnder(signer, settings, cause));
        }
    }

    private void foundRoot(IssuerSettings settings, Cause cause) {
        VaultKey key = keys.foundOrMade(generation(settings), settings.key());
        CaKey signing = keys.signing(key);
        Instant now = clock.instant();
        LintedCertificate linted = linter.lint(
                new CaDraft(settings, key.publicKey())
                        .selfSigned(
                                SerialNumber.random(random), signing.algorithm(), Term.of(settings.validity(), now)),
                Signatory.itself(signing.algorithm()),
                CaDraft.expected());
        record(settings, key, List.of(signing.sign(linted)), cause);
    }

    private void foundUnder(IssuerKey parent, IssuerSettings settings, Cause cause) {
        Instant now = clock.instant();
        parent.objectionAt(now).ifPresent(why -> {
            throw new FoundingException("issuer " + parent.generation() + " cannot sign: " + why);
        });
        VaultKey key = keys.foundOrMade(generation(settings), settings.key());
        Term term = Term.of(settings.validity(), now).within(parent);
        LintedCertificate linted = linter.lint(
                new CaDraft(settings, key.publicKey()).under(parent, SerialNumber.random(random), term),
                parent.signatory(),
                CaDraft.expected());
        List<CertificateDer> chain = new ArrayList<>(List.of(parent.sign(linted)));
        chain.addAll(recorded(parent.generation().issuer()).orElseThrow().chain());
        record(settings, key, chain, cause);
    }

    private void prepare(IssuerSettings settings, Cause cause) {
        record(settings, keys.foundOrMade(generation(settings), settings.key()), List.of(), cause);
    }

    private void record(IssuerSettings settings, VaultKey key, List<CertificateDer> chain, Cause cause) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        IssuerRecord.State state = chain.isEmpty() ? IssuerRecord.State.PREPARED : IssuerRecord.State.ACTIVE;
        IssuerRecord issuer =
                new IssuerRecord(generation(settings), state, key.uri().toString(), chain, now);
        registry.add(issuer, event(issuer, now, cause));
    }

    private static AuditEvent event(IssuerRecord issuer, Instant now, Cause cause) {
        String action = issuer.chain().isEmpty() ? "issuer.prepared" : "issuer.founded";
        Map<String, String> facts = issuer.chain().isEmpty()
                ? Map.of("key", issuer.keyUri())
                : Map.of(
                        "key",
                        issuer.keyUri(),
                        "serial",
                        issuer.chain().getFirst().serial().toString(),
                        "fingerprint",
                        issuer.chain().getFirst().fingerprint().toString());
        return cause.event(now, action, "issuer:" + issuer.generation(), facts);
    }

    private Optional<IssuerRecord> recorded(IssuerName issuer) {
        return registry.list().stream()
                .filter(record -> record.generation().issuer().equals(issuer))
                .filter(record -> record.state() != IssuerRecord.State.RETIRED)
                .max((a, b) ->
                        Integer.compare(a.generation().number(), b.generation().number()));
    }

    private static List<IssuerSettings> parentsFirst(List<IssuerSettings> wanted) {
        List<IssuerSettings> ordered = new ArrayList<>();
        List<IssuerSettings> left = new ArrayList<>(wanted);
        while (!left.isEmpty()) {
            List<IssuerName> above = ordered.stream().map(IssuerSettings::name).toList();
            List<IssuerSettings> next = left.stream()
                    .filter(one -> !(one.origin() instanceof IssuerSettings.Origin.Parent(var parent))
                            || above.contains(parent))
                    .toList();
            if (next.isEmpty()) {
                throw new FoundingException("issuers." + left.getFirst().name() + ".parent is not an issuer above it");
            }
            ordered.addAll(next);
            left.removeAll(next);
        }
        return ordered;
    }

    private static IssuerGeneration generation(IssuerSettings settings) {
        return new IssuerGeneration(settings.name(), 1);
    }
}
