package dev.nameplate.ca.authority;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.lint.MatterIds;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.Names;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;

/** The next generation of an issuer, until it is handed out. */
final class Successors {
    private final IssuerRegistry registry;
    private final CaWorkshop workshop;
    private final List<IssuerSettings> settings;
    private final InstantSource clock;

    Successors(IssuerRegistry registry, CaWorkshop workshop, List<IssuerSettings> settings, InstantSource clock) {
        this.registry = registry;
        this.workshop = workshop;
        this.settings = settings;
        this.clock = clock;
    }

    RotationOutcome prepare(IssuerName name, Cause cause) {
        Optional<IssuerSettings> wanted = settings(name);
        List<IssuerRecord> before = generations(name);
        if (wanted.isEmpty()) {
            return new RotationOutcome.Refused(new Refusal.NotFound("issuer " + name));
        }
        if (before.isEmpty()) {
            return Steps.notNow(
                    "issuer " + name,
                    "it has no first key yet: stop the server, run `nameplate init` on its home, and start it again");
        }
        IssuerRecord newest = before.getLast();
        return switch (newest.state()) {
            case PREPARED -> new RotationOutcome.Done(newest);
            case PUBLISHED -> waiting(newest);
            case ACTIVE, RETIRED, ENDING, DESTROYED -> make(newest, wanted.get(), cause);
        };
    }

    Optional<byte[]> request(IssuerRecord issuer) {
        return settings(issuer.generation().issuer())
                .filter(wanted -> wanted.origin() instanceof IssuerSettings.Origin.Elsewhere)
                .filter(_ -> issuer.state() == IssuerRecord.State.PREPARED
                        && issuer.chain().isEmpty())
                .map(wanted -> workshop.request(wanted, subject(wanted), issuer.keyUri()));
    }

    RotationOutcome publish(IssuerRecord prepared, List<CertificateDer> given, Cause cause) {
        if (!prepared.chain().isEmpty() && !given.isEmpty()) {
            return wrong("it has its certificate already; publish it without a chain");
        }
        if (prepared.chain().isEmpty()) {
            Instant now = clock.instant();
            var chain = GivenChain.of(given, registry.list());
            return chain.objection(now)
                    .or(() -> notFor(prepared, given))
                    .map(Successors::wrong)
                    .orElseGet(() -> published(prepared.with(chain.path(), chain.links()), cause));
        }
        return published(prepared.isRoot() && !standsAlone(prepared) ? joined(prepared) : prepared, cause);
    }

    /** One that was activated and taken back is published again, too. */
    private static RotationOutcome waiting(IssuerRecord newest) {
        return Steps.notNow(
                "issuer " + newest.generation().issuer(),
                newest.generation() + " is published and does not sign; activate it, or retire it");
    }

    private RotationOutcome make(IssuerRecord newest, IssuerSettings wanted, Cause cause) {
        Optional<RotationOutcome> objection = objectionTo(wanted);
        if (objection.isPresent()) {
            return objection.get();
        }
        var generation = new IssuerGeneration(wanted.name(), newest.generation().number() + 1);
        IssuerKeys.Found found = workshop.keys().find(generation, wanted);
        List<CertificateDer> chain = chain(wanted, found);
        Instant now = Steps.now(clock);
        IssuerRecord next = new IssuerRecord(
                generation, IssuerRecord.State.PREPARED, found.key().uri().toString(), chain, now);
        if (registry.add(next, Steps.event(next, "issuer.prepared", facts(next), now, cause))) {
            return new RotationOutcome.Done(next);
        }
        if (found.made()) {
            workshop.keys().destroy(found.key());
        }
        return prepare(wanted.name(), cause);
    }

    private Optional<RotationOutcome> objectionTo(IssuerSettings wanted) {
        return switch (wanted.origin()) {
            case IssuerSettings.Origin.Elsewhere() -> Optional.empty();
            case IssuerSettings.Origin.Parent(var parent) ->
                active(parent).isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                Steps.notNow("issuer " + wanted.name(), "its parent " + parent + " is not active"));
            case IssuerSettings.Origin.ItsOwnKey() ->
                named(wanted.name()).allMatch(name -> Names.same(name, wanted.distinguishedName()))
                        ? Optional.empty()
                        : Optional.of(Steps.notNow(
                                "issuer " + wanted.name(),
                                "issuers." + wanted.name() + ".subject is not the subject of the root before, and roots"
                                        + " of different names cannot be joined; make it "
                                        + named(wanted.name())
                                                .reduce((_, last) -> last)
                                                .orElseThrow()));
        };
    }

    private List<CertificateDer> chain(IssuerSettings wanted, IssuerKeys.Found found) {
        return switch (wanted.origin()) {
            case IssuerSettings.Origin.Elsewhere() -> List.of();
            case IssuerSettings.Origin.ItsOwnKey() ->
                List.of(workshop.selfSigned(wanted, subject(wanted), found.key()));
            case IssuerSettings.Origin.Parent(var name) -> {
                IssuerRecord parent = active(name).orElseThrow();
                List<CertificateDer> chain = new ArrayList<>(
                        List.of(workshop.under(workshop.signer(parent), wanted, subject(wanted), found.key())));
                chain.addAll(parent.chain());
                yield chain;
            }
        };
    }

    /** A Matter authority is trusted by its entry in the ledger, and a certificate for it by another would break Matter's rules. */
    private static boolean standsAlone(IssuerRecord root) {
        return MatterIds.of(root.chain().getFirst().parsed().getSubject())
                .vendor()
                .isPresent();
    }

    /** Certificates both ways between this root and every other of its generations that is handed out. */
    private IssuerRecord joined(IssuerRecord root) {
        List<CertificateDer> links = new ArrayList<>();
        generations(root.generation().issuer()).stream()
                .filter(other -> other.state().handedOut())
                .forEach(other -> {
                    links.add(workshop.link(other.chain().getFirst(), workshop.signer(root)));
                    links.add(workshop.link(root.chain().getFirst(), workshop.signer(other)));
                });
        return root.with(root.chain(), links);
    }

    private RotationOutcome published(IssuerRecord prepared, Cause cause) {
        Instant now = Steps.now(clock);
        IssuerRecord next = prepared.in(IssuerRecord.State.PUBLISHED, now);
        var move = new IssuerRegistry.Move(IssuerRecord.State.PREPARED, next);
        return Steps.outcome(
                next, registry.move(List.of(move), Steps.event(next, "issuer.published", facts(next), now, cause)));
    }

    private Optional<String> notFor(IssuerRecord issuer, List<CertificateDer> given) {
        return workshop.isFor(given.getFirst(), issuer)
                ? Optional.empty()
                : Optional.of("the first certificate is not for the key of issuer " + issuer.generation());
    }

    /** Written as in the certificate before, if that has the same name: a name is compared octet for octet by many. */
    private X500Name subject(IssuerSettings wanted) {
        return named(wanted.name())
                .filter(name -> Names.same(name, wanted.distinguishedName()))
                .reduce((_, last) -> last)
                .orElseGet(wanted::distinguishedName);
    }

    private Stream<X500Name> named(IssuerName issuer) {
        return generations(issuer).stream()
                .filter(record -> !record.chain().isEmpty())
                .map(record -> record.chain().getFirst().parsed().getSubject());
    }

    private Optional<IssuerRecord> active(IssuerName issuer) {
        return generations(issuer).stream()
                .filter(record -> record.state() == IssuerRecord.State.ACTIVE)
                .findFirst();
    }

    private List<IssuerRecord> generations(IssuerName issuer) {
        return registry.list().stream()
                .filter(record -> record.generation().issuer().equals(issuer))
                .sorted(Comparator.comparingInt(record -> record.generation().number()))
                .toList();
    }

    private Optional<IssuerSettings> settings(IssuerName name) {
        return settings.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private static Map<String, String> facts(IssuerRecord issuer) {
        return issuer.chain().isEmpty()
                ? Map.of("key", issuer.keyUri())
                : Map.of(
                        "key", issuer.keyUri(),
                        "serial", issuer.chain().getFirst().serial().toString(),
                        "fingerprint", issuer.chain().getFirst().fingerprint().toString());
    }

    private static RotationOutcome wrong(String why) {
        return new RotationOutcome.Refused(new Refusal.FieldWrong("chain", why));
    }
}
