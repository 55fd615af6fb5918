package dev.nameplate.ca.authority;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.VaultKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
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
    private final CaWorkshop workshop;
    private final InstantSource clock;

    public Founding(
            KeyVault vault,
            IssuerRegistry registry,
            KeyClaims claims,
            Linter linter,
            InstantSource clock,
            SecureRandom random) {
        this.vault = vault;
        this.registry = registry;
        this.workshop = new CaWorkshop(vault, claims, linter, clock, random);
        this.clock = clock;
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
        VaultKey key = workshop.keys().foundOrMade(generation(settings), settings);
        record(settings, key, List.of(workshop.selfSigned(settings, settings.distinguishedName(), key)), cause);
    }

    private void foundUnder(IssuerKey parent, IssuerSettings settings, Cause cause) {
        VaultKey key = workshop.keys().foundOrMade(generation(settings), settings);
        List<CertificateDer> chain =
                new ArrayList<>(List.of(workshop.under(parent, settings, settings.distinguishedName(), key)));
        chain.addAll(recorded(parent.generation()).chain());
        record(settings, key, chain, cause);
    }

    private void prepare(IssuerSettings settings, Cause cause) {
        record(settings, workshop.keys().foundOrMade(generation(settings), settings), List.of(), cause);
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

    private IssuerRecord recorded(IssuerGeneration generation) {
        return registry.list().stream()
                .filter(record -> record.generation().equals(generation))
                .findFirst()
                .orElseThrow();
    }

    /** Once there was one, further ones are made by rotation alone. */
    private Optional<IssuerRecord> recorded(IssuerName issuer) {
        return registry.list().stream()
                .filter(record -> record.generation().issuer().equals(issuer))
                .max(Comparator.comparing(Founding::isActive)
                        .thenComparingInt(record -> record.generation().number()));
    }

    private static boolean isActive(IssuerRecord record) {
        return record.state() == IssuerRecord.State.ACTIVE;
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
