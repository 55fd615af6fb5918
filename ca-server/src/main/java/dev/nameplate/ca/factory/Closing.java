package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.MerkleRoot;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.RevocationFeed;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ends a batch. Cut off anywhere and asked again, it goes on where it was, and gives the same record ever after. */
public final class Closing {
    private static final int PAGE = 200;
    private static final int SHOWN = 3;

    private final BatchRegister batches;
    private final UnitRegister units;
    private final KeyDestruction keys;
    private final RecordSigner signer;
    private final RevocationFeed feed;
    private final InstantSource clock;

    public Closing(
            BatchRegister batches,
            UnitRegister units,
            KeyDestruction keys,
            RecordSigner signer,
            RevocationFeed feed,
            InstantSource clock) {
        this.batches = batches;
        this.units = units;
        this.keys = keys;
        this.signer = signer;
        this.feed = feed;
        this.clock = clock;
    }

    /** What is to become of units that are neither verified nor scrapped. */
    public enum Rest {
        /** There must be none. */
        NONE,
        SCRAPPED
    }

    /** What became of a wish to close a batch. */
    public sealed interface Outcome {
        /** @param record CMS SignedData in DER, as {@link dev.nameplate.ca.audit.SignedStatement} reads it */
        record Closed(byte[] record) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    public Outcome close(BatchName name, Rest rest, Cause cause) {
        Optional<byte[]> before = batches.closingRecord(name);
        if (before.isPresent()) {
            return new Outcome.Closed(before.get());
        }
        Optional<Refusal> objection = rest == Rest.NONE ? unfinished(name) : Optional.empty();
        if (objection.isPresent()) {
            return new Outcome.Refused(objection.get());
        }
        return switch (batches.apply(new BatchOrder(Batch.State.CLOSING, now(), cause), name)) {
            case BatchChange.Refused(var refusal) -> new Outcome.Refused(refusal);
            case BatchChange.Done(var batch) -> new Outcome.Closed(end(batch, cause));
        };
    }

    /** Only what is known to have its key or to be over may be left to itself. */
    private Optional<Refusal> unfinished(BatchName name) {
        Map<UnitState, Integer> open = new TreeMap<>(batches.count(name));
        open.keySet().removeIf(state -> state.confirmed() || state == UnitState.SCRAPPED || state == UnitState.KEYED);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        String some = open.keySet().stream()
                .flatMap(state -> some(name, state))
                .limit(SHOWN)
                .map(unit -> unit.id() + " is " + unit.state().word())
                .collect(Collectors.joining(", "));
        int all = open.values().stream().mapToInt(Integer::intValue).sum();
        return Optional.of(new Refusal.NotPossibleNow(
                "batch " + name,
                all + " of its units are neither verified nor scrapped (" + some + (all > SHOWN ? ", ..." : "")
                        + "); finish them, or have them scrapped (--scrap-unfinished)"));
    }

    private Stream<Unit> some(BatchName name, UnitState state) {
        return units.list(new UnitQuery(name, Optional.of(state), Optional.empty(), Optional.empty(), SHOWN)).stream();
    }

    private byte[] end(Batch batch, Cause cause) {
        while (units.finish(batch.name(), now(), PAGE, cause) == PAGE) {
            feed.settle();
        }
        feed.settle();
        Instant at = now();
        var end = new ClosingRecord.End(at, cause.actor());
        var destroyed = keys.destroy(batch, end);
        byte[] content = new ClosingRecord(
                        batches.find(batch.name()).orElse(batch),
                        tree(batch.name()).root(),
                        batches.count(batch.name()),
                        batches.hours(batch.name()).stream().map(Hour::tally).reduce(Tally.NOTHING, Tally::plus),
                        destroyed,
                        end)
                .octets();
        return batches.close(batch.name(), signer.sign(content, at), at, cause);
    }

    private MerkleRoot tree(BatchName name) {
        MerkleRoot tree = new MerkleRoot();
        List<Unit> page = units.list(UnitQuery.all(name, Optional.empty(), PAGE));
        while (!page.isEmpty()) {
            page.forEach(unit -> tree.add(UnitRecord.of(unit)));
            Optional<DeviceId> last = Optional.of(page.getLast().id());
            page = page.size() < PAGE ? List.of() : units.list(UnitQuery.all(name, last, PAGE));
        }
        return tree;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
