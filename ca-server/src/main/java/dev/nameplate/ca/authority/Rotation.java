package dev.nameplate.ca.authority;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.hsm.KeyVault;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces the key of an issuer or root by a new one, while everything goes on: prepared, published, active, retired, destroyed.
 * Every step may be cut off anywhere and be asked for again; one that was done already is done.
 */
public final class Rotation {
    private final IssuerRegistry registry;
    private final Successors successors;
    private final Ending ending;
    private final FetchedChains fetched;
    private final RotationTerms terms;
    private final InstantSource clock;

    /**
     * What a rotation works with.
     *
     * @param settings of every issuer
     */
    public record Ground(
            KeyVault vault, IssuerRegistry registry, KeyClaims claims, Linter linter, List<IssuerSettings> settings) {
        public Ground {
            settings = List.copyOf(settings);
        }
    }

    /** What a rotation has to wait for. */
    public record Gate(FetchedChains fetched, Outlook outlook, RotationTerms terms) {}

    public Rotation(Ground ground, Gate gate, InstantSource clock, SecureRandom random) {
        var workshop = new CaWorkshop(ground.vault(), ground.claims(), ground.linter(), clock, random);
        this.registry = ground.registry();
        this.successors = new Successors(registry, workshop, ground.settings(), clock);
        this.ending = new Ending(registry, workshop.keys(), gate.outlook(), clock);
        this.fetched = gate.fetched();
        this.terms = gate.terms();
        this.clock = clock;
    }

    /**
     * Makes the next generation: its key in the token and its certificate from the parent; without a certificate, if a CA elsewhere
     * signs it. One that is prepared already is the answer.
     */
    public RotationOutcome prepare(IssuerName issuer, Cause cause) {
        return successors.prepare(issuer, cause);
    }

    /** A request for the certificate of a prepared generation that a CA elsewhere signs; nothing for others. */
    public Optional<byte[]> request(IssuerRecord issuer) {
        return successors.request(issuer);
    }

    /**
     * Hands out a prepared generation; it does not sign yet. A root is joined to those that are handed out by certificates both ways.
     *
     * @param given where a CA elsewhere signs it: its certificate first, up to a self-signed root, and after that any certificates
     *     that join this root to the one before
     */
    public RotationOutcome publish(IssuerGeneration generation, List<CertificateDer> given, Cause cause) {
        Optional<IssuerRecord> issuer = find(generation);
        return issuer.map(record -> switch (record.state()) {
                    case PREPARED -> successors.publish(record, given, cause);
                    case PUBLISHED, ACTIVE -> new RotationOutcome.Done(record);
                    case RETIRED, ENDING, DESTROYED -> tooLate(record);
                })
                .orElseGet(() -> unknown(generation));
    }

    /** How many of the devices it matters to have fetched the chain of a published generation. */
    public Optional<FetchedChains.Reach> reach(IssuerGeneration generation) {
        return find(generation)
                .filter(record -> record.state().handedOut())
                .map(record -> fetched.reach(generation, family(generation), record.since(), clock.instant()));
    }

    /**
     * From now on this generation signs, and the one that did is handed out further. So it goes forth, and so it is taken back: to
     * an earlier generation there is no need to wait for anyone.
     */
    public RotationOutcome activate(IssuerGeneration generation, Force force, Cause cause) {
        Optional<IssuerRecord> issuer = find(generation);
        return issuer.map(record -> switch (record.state()) {
                    case PREPARED -> notYet(generation, "it is not published; `nameplate issuer publish` first");
                    case PUBLISHED -> activate(record, force, cause);
                    case ACTIVE -> new RotationOutcome.Done(record);
                    case RETIRED, ENDING, DESTROYED -> tooLate(record);
                })
                .orElseGet(() -> unknown(generation));
    }

    /** From now on there is only said where its certificates stand. */
    public RotationOutcome retire(IssuerGeneration generation, Force force, Cause cause) {
        Optional<IssuerRecord> issuer = find(generation);
        return issuer.map(record -> switch (record.state()) {
                    case PREPARED -> notYet(generation, "it was never published; `nameplate issuer destroy` ends it");
                    case ACTIVE ->
                        notYet(
                                generation,
                                "it is the one that signs; activate another generation of "
                                        + record.generation().issuer() + " first");
                    case PUBLISHED -> retire(record, force, cause);
                    case RETIRED, ENDING, DESTROYED -> forgotten(record);
                })
                .orElseGet(() -> unknown(generation));
    }

    /**
     * Ends a retired generation, or one that was never published: its last CRLs are published, which takes a while and another call,
     * then its key is destroyed.
     *
     * @return done with the state {@link IssuerRecord.State#ENDING} until the last CRLs are published
     */
    public RotationOutcome destroy(IssuerGeneration generation, Force force, Cause cause) {
        Optional<IssuerRecord> issuer = find(generation);
        return issuer.map(record -> switch (record.state()) {
                    case ACTIVE, PUBLISHED -> notYet(generation, "it is not retired");
                    case PREPARED, RETIRED -> ending.begin(record, registry.list(), force, cause);
                    case ENDING -> ending.finish(record, cause);
                    case DESTROYED -> new RotationOutcome.Done(record);
                })
                .orElseGet(() -> unknown(generation));
    }

    private RotationOutcome activate(IssuerRecord next, Force force, Cause cause) {
        IssuerGeneration generation = next.generation();
        Optional<IssuerRecord> before = registry.list().stream()
                .filter(record -> record.generation().issuer().equals(generation.issuer()))
                .filter(record -> record.state() == IssuerRecord.State.ACTIVE)
                .findFirst();
        boolean back = before.isPresent() && before.get().generation().number() > generation.number();
        Optional<RotationOutcome> settling = settling(next, terms.settle());
        if (settling.isPresent()) {
            return settling.get();
        }
        Optional<FetchedChains.Reach> reach = back || force == Force.FORCED
                ? Optional.empty()
                : Optional.of(fetched.reach(generation, family(generation), next.since(), clock.instant()));
        if (reach.isPresent() && !reach.get().isAtLeast(terms.fetchedPercent())) {
            return notYet(generation, tooFew(reach.get()));
        }
        Instant now = Steps.now(clock);
        IssuerRecord active = next.in(IssuerRecord.State.ACTIVE, now);
        List<IssuerRegistry.Move> moves = new ArrayList<>();
        before.ifPresent(record -> moves.add(
                new IssuerRegistry.Move(IssuerRecord.State.ACTIVE, record.in(IssuerRecord.State.PUBLISHED, now))));
        moves.add(new IssuerRegistry.Move(IssuerRecord.State.PUBLISHED, active));
        Map<String, String> facts = Map.of(
                "before", before.map(record -> record.generation().toString()).orElse("none"),
                "fetched",
                        reach.map(one -> one.reached() + " of " + one.devices()).orElse("not asked"),
                "forced", String.valueOf(force == Force.FORCED));
        return Steps.outcome(active, registry.move(moves, Steps.event(active, "issuer.activated", facts, now, cause)));
    }

    private String tooFew(FetchedChains.Reach reach) {
        return "only " + reach.reached() + " of " + reach.devices() + " devices (" + reach.percent()
                + " %) have fetched its chain, and rollover.fetched-percent is " + terms.fetchedPercent()
                + "; wait for them, or force it";
    }

    private RotationOutcome retire(IssuerRecord record, Force force, Cause cause) {
        Optional<RotationOutcome> settling = settling(record, terms.settle().multipliedBy(2));
        if (settling.isPresent()) {
            return settling.get();
        }
        List<String> below = new ChainBook(registry.list())
                .children(record).stream()
                        .filter(child -> child.state() != IssuerRecord.State.DESTROYED
                                && child.state() != IssuerRecord.State.RETIRED
                                && child.state() != IssuerRecord.State.ENDING)
                        .map(child -> child.generation().toString())
                        .toList();
        if (!below.isEmpty() && force == Force.NOT) {
            return notYet(record.generation(), "it signed " + String.join(", ", below) + "; retire these first");
        }
        Instant now = Steps.now(clock);
        IssuerRecord retired = record.in(IssuerRecord.State.RETIRED, now);
        var move = new IssuerRegistry.Move(record.state(), retired);
        RotationOutcome outcome = Steps.outcome(
                retired, registry.move(List.of(move), Steps.event(retired, "issuer.retired", Map.of(), now, cause)));
        fetched.forget(record.generation());
        return outcome;
    }

    /** Whoever retired it may have been cut off before. */
    private RotationOutcome forgotten(IssuerRecord retired) {
        fetched.forget(retired.generation());
        return new RotationOutcome.Done(retired);
    }

    /** Another process that has not heard yet still does what was right before. */
    private Optional<RotationOutcome> settling(IssuerRecord record, Duration settle) {
        Instant settled = record.since().plus(settle);
        return clock.instant().isBefore(settled)
                ? Optional.of(notYet(
                        record.generation(),
                        "it is " + Steps.word(record.state()) + " since " + record.since()
                                + ", and every process has to know that; possible from " + settled))
                : Optional.empty();
    }

    private Set<IssuerName> family(IssuerGeneration generation) {
        return new ChainBook(registry.list()).family(generation.issuer());
    }

    private Optional<IssuerRecord> find(IssuerGeneration generation) {
        return registry.list().stream()
                .filter(record -> record.generation().equals(generation))
                .findFirst();
    }

    private static RotationOutcome tooLate(IssuerRecord record) {
        return notYet(record.generation(), "it is " + Steps.word(record.state()) + " already");
    }

    private static RotationOutcome unknown(IssuerGeneration generation) {
        return new RotationOutcome.Refused(new Refusal.NotFound("issuer " + generation));
    }

    private static RotationOutcome notYet(IssuerGeneration generation, String why) {
        return Steps.notNow("issuer " + generation, why);
    }
}
