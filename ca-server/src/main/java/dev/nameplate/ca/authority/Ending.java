package dev.nameplate.ca.authority;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.IssuerGeneration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The end of a generation: its last CRLs, and then its key. */
final class Ending {
    private final IssuerRegistry registry;
    private final IssuerKeys keys;
    private final Outlook outlook;
    private final InstantSource clock;

    Ending(IssuerRegistry registry, IssuerKeys keys, Outlook outlook, InstantSource clock) {
        this.registry = registry;
        this.keys = keys;
        this.outlook = outlook;
        this.clock = clock;
    }

    RotationOutcome begin(IssuerRecord record, List<IssuerRecord> all, Force force, Cause cause) {
        Optional<Instant> last = lastExpiry(record, all);
        Instant now = Steps.now(clock);
        if (force == Force.NOT && last.isPresent() && last.get().isAfter(now)) {
            return Steps.notNow(
                    "issuer " + record.generation(),
                    "certificates that it issued are good until " + last.get()
                            + ", and without its key nobody can revoke them any more");
        }
        IssuerRecord next = record.in(IssuerRecord.State.ENDING, now);
        Map<String, String> facts = Map.of(
                "last-expiry", last.map(Instant::toString).orElse("none"),
                "forced", String.valueOf(force == Force.FORCED));
        var move = new IssuerRegistry.Move(record.state(), next);
        RotationOutcome begun = Steps.outcome(
                next, registry.move(List.of(move), Steps.event(next, "issuer.ending", facts, now, cause)));
        return begun instanceof RotationOutcome.Done ? finish(next, cause) : begun;
    }

    /** The key goes first: should this be cut off, there is one thing left to do, and it is to be written down. */
    RotationOutcome finish(IssuerRecord record, Cause cause) {
        if (mayStillSpeak(record) && !outlook.lastCrlsPublished(record.generation())) {
            return new RotationOutcome.Done(record);
        }
        keys.destroy(record);
        Instant now = Steps.now(clock);
        IssuerRecord next = record.in(IssuerRecord.State.DESTROYED, now);
        var move = new IssuerRegistry.Move(IssuerRecord.State.ENDING, next);
        return Steps.outcome(
                next,
                registry.move(
                        List.of(move),
                        Steps.event(next, "issuer.destroyed", Map.of("key", record.keyUri()), now, cause)));
    }

    /** Beyond its own end nobody would believe its CRLs. */
    private boolean mayStillSpeak(IssuerRecord record) {
        return !record.chain().isEmpty()
                && record.chain().getFirst().parsed().getNotAfter().toInstant().isAfter(clock.instant());
    }

    private Optional<Instant> lastExpiry(IssuerRecord record, List<IssuerRecord> all) {
        IssuerGeneration generation = record.generation();
        Stream<Instant> below = new ChainBook(all)
                .children(record).stream()
                        .filter(child -> child.state() != IssuerRecord.State.DESTROYED)
                        .map(child ->
                                child.chain().getFirst().parsed().getNotAfter().toInstant());
        return Stream.concat(below, outlook.lastExpiry(generation).stream()).max(Instant::compareTo);
    }
}
