package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Replaces the key-encryption keys of open batches: a new one is made and encrypted to the station's key, what the one before
 * wrapped is wrapped anew, and that one is destroyed. Cut off anywhere, the same goes on where it was. A unit's key that does not
 * open holds up none of the others. To be called by one process at a time.
 */
public final class KekRotation {
    private static final int PAGE = 50;

    private final KekBook book;
    private final KekKeeping keys;
    private final InstantSource clock;
    private final Duration settle;
    private volatile List<Damaged> damaged = List.of();

    /** @param settle until every process wraps with the next key */
    public KekRotation(KekBook book, KekKeeping keys, InstantSource clock, Duration settle) {
        this.book = book;
        this.keys = keys;
        this.clock = clock;
        this.settle = settle;
    }

    /**
     * What became of a wish.
     *
     * @param keys that are being replaced now, as in {@code WO-1/line-1/2}, the new ones
     * @param troubles why others are not
     */
    public record Begun(List<String> keys, List<String> troubles) {}

    /** A unit's key that does not open: it stays under the key that wrapped it, and that one stays. */
    public record Damaged(FormerKek kek, DeviceId unit) {
        /** As in {@code the key of unit S3-7, under WO-1/line-1/1}. */
        @Override
        public String toString() {
            return "the key of unit " + unit + ", under " + kek.batch() + "/" + kek.number();
        }
    }

    /** What was found at the last {@link #turn}. */
    public List<Damaged> damaged() {
        return damaged;
    }

    /** Replaces every key, except those whose predecessor is not gone yet. */
    public Begun begin(Cause cause) {
        return begin(_ -> true, cause);
    }

    /** Replaces those that are over their time. */
    public Begun beginDue(Duration period) {
        Instant now = clock.instant();
        return begin(current -> !now.isBefore(current.handover().at().plus(period)), Cause.SYSTEM);
    }

    private Begun begin(Predicate<KekBook.Current> wanted, Cause cause) {
        List<FormerKek> underWay = book.former();
        List<String> begun = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        for (KekBook.Current current : book.current()) {
            if (underWay.stream()
                    .anyMatch(former -> former.batch().equals(current.handover().batch())
                            && former.station().equals(current.handover().station()))) {
                begun.add(current.toString());
            } else if (wanted.test(current)) {
                objectionTo(current)
                        .ifPresentOrElse(
                                why -> troubles.add(current + ": " + why), () -> begun.add(replaced(current, cause)));
            }
        }
        return new Begun(List.copyOf(begun), List.copyOf(troubles));
    }

    private static Optional<String> objectionTo(KekBook.Current current) {
        if (current.bundleOut()) {
            return Optional.of("its station works with units that it drew under it; possible when that bundle is over");
        }
        return current.recipient().isPresent()
                ? Optional.empty()
                : Optional.of("its station has to ask for it once more, to say whose key the next one is to be for");
    }

    private String replaced(KekBook.Current current, Cause cause) {
        Handover before = current.handover();
        SubjectPublicKeyInfo recipient = current.recipient().orElseThrow();
        KekNumber number = before.number().next();
        Handover.Kek made = keys.make(before.batch(), number, recipient);
        Instant now = clock.instant();
        var next = new Handover(before.batch(), before.station(), Keys.hashOf(recipient), made, now);
        Map<String, String> facts = Map.of(
                "station", before.station().value(),
                "number", String.valueOf(made.number()),
                "check-value", made.checkValue(),
                "before", before.kek().checkValue(),
                "made", made.insideToken() ? "inside the token" : "outside the token");
        boolean inPlace = book.replace(next, cause.event(now, "kek.rotated", "batch:" + before.batch(), facts));
        if (!inPlace && !isOnRecord(before.batch(), number)) {
            keys.discard(before.batch(), number);
        }
        return before.batch() + "/" + number + (inPlace ? "" : " (somebody else was quicker)");
    }

    private boolean isOnRecord(BatchName batch, KekNumber number) {
        return book.current().stream()
                .map(KekBook.Current::handover)
                .anyMatch(handover ->
                        handover.batch().equals(batch) && handover.number().equals(number));
    }

    /** Goes on with what was begun, a page at a time. @return how many keys are left that were replaced */
    public int turn() {
        List<FormerKek> former = book.former();
        int left = former.size();
        List<Damaged> found = new ArrayList<>();
        for (FormerKek each : former) {
            Set<DeviceId> stuck = wrapAnew(each);
            stuck.forEach(unit -> found.add(new Damaged(each, unit)));
            left -= stuck.isEmpty() && ended(each) ? 1 : 0;
        }
        damaged = List.copyOf(found);
        return left;
    }

    /** @return whose keys do not open */
    private Set<DeviceId> wrapAnew(FormerKek former) {
        KekNumber next = newest(former);
        Set<DeviceId> stuck = new LinkedHashSet<>();
        List<KekBook.Wrapped> page = page(former, stuck);
        while (!page.isEmpty()) {
            stuck.addAll(rewrap(former, next, page));
            page = page(former, stuck);
        }
        return stuck;
    }

    private List<KekBook.Wrapped> page(FormerKek former, Set<DeviceId> without) {
        return book.under(former, PAGE + without.size()).stream()
                .filter(wrapped -> !without.contains(wrapped.unit()))
                .toList();
    }

    private boolean ended(FormerKek former) {
        if (clock.instant().isBefore(former.replacedAt().plus(settle))) {
            return false;
        }
        byte[] record = keys.destroy(
                former, book.destructions(former.batch()), Cause.SYSTEM.actor().value());
        Map<String, String> facts = Map.of(
                "station", former.station().value(),
                "number", String.valueOf(former.kek().number()),
                "check-value", former.kek().checkValue(),
                "record", Sha256.of(record).toString());
        return book.destroyed(
                former, record, Cause.SYSTEM.event(clock.instant(), "kek.destroyed", "batch:" + former.batch(), facts));
    }

    private KekNumber newest(FormerKek former) {
        return book.current().stream()
                .map(KekBook.Current::handover)
                .filter(handover -> handover.batch().equals(former.batch())
                        && handover.station().equals(former.station()))
                .map(Handover::number)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no key-encryption key has replaced " + former));
    }

    /** @return whose keys do not open */
    private List<DeviceId> rewrap(FormerKek former, KekNumber next, List<KekBook.Wrapped> page) {
        Iterator<Optional<byte[]>> anew = keys.rewrap(
                        former.batch(),
                        former.number(),
                        next,
                        page.stream().map(KekBook.Wrapped::octets).toList())
                .iterator();
        List<KekBook.Rewrapped> done = new ArrayList<>();
        List<DeviceId> stuck = new ArrayList<>();
        for (KekBook.Wrapped before : page) {
            anew.next()
                    .ifPresentOrElse(
                            after -> done.add(new KekBook.Rewrapped(before, after)), () -> stuck.add(before.unit()));
        }
        if (!done.isEmpty()) {
            book.rewrapped(former, done, next);
        }
        return stuck;
    }
}
