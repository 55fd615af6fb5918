package dev.nameplate.ca.renewal;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.KnownCertificate;
import dev.nameplate.ca.refusal.Refusal;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Renewals pulled forward. Devices ask often, so the pulls in force are kept in memory; {@link #refresh} brings in those that
 * other processes of this CA made.
 */
public final class Pulls {
    private static final int MOST_IN_FORCE = 1000;

    private final PullStore store;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile List<Pull> inForce = List.of();

    public Pulls(PullStore store, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    public PullOutcome pull(Selector selector, Window window, Pull.Why why, Cause cause) {
        PullOutcome prepared = prepare(selector, window, why, cause);
        if (prepared instanceof PullOutcome.Done(var pull)) {
            store.add(pull, cause.event(pull.made().at(), "renewal.pulled", "pull:" + pull.id(), pull.facts()));
            refresh();
        }
        return prepared;
    }

    /** A pull as it would be made now, and is not yet. */
    PullOutcome prepare(Selector selector, Window window, Pull.Why why, Cause cause) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (!window.end().isAfter(now)) {
            return new PullOutcome.Refused(new Refusal.FieldWrong("end", "it is not in the future"));
        }
        if (store.inForce(MOST_IN_FORCE).size() >= MOST_IN_FORCE) {
            return new PullOutcome.Refused(
                    new Refusal.NotPossibleNow("renewals", MOST_IN_FORCE + " pulls are in force; cancel some"));
        }
        var pull = new Pull(
                PullId.random(random), selector, window, why, new Pull.Word(cause.actor(), now), Optional.empty());
        return new PullOutcome.Done(pull);
    }

    /** Devices that have not renewed by then do so when their own time comes. */
    public PullOutcome cancel(PullId id, Cause cause) {
        Optional<Pull> found = store.find(id);
        if (found.isEmpty()) {
            return new PullOutcome.Refused(new Refusal.NotFound("pull " + id));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var word = new Pull.Word(cause.actor(), now);
        boolean done = store.cancel(
                id,
                word,
                cause.event(now, "renewal.cancelled", "pull:" + id, found.get().facts()));
        refresh();
        return new PullOutcome.Done(
                done ? found.get().cancelledBy(word) : store.find(id).orElseThrow());
    }

    public Optional<Pull> find(PullId id) {
        return store.find(id);
    }

    public List<Pull> newest(int limit) {
        return store.newest(limit);
    }

    /** Looks into the records for what others changed. */
    public void refresh() {
        inForce = List.copyOf(store.inForce(MOST_IN_FORCE));
    }

    /** Of those that concern this certificate, the one whose window ends first. */
    public Optional<Pull> concerning(KnownCertificate certificate) {
        return inForce.stream()
                .filter(pull -> pull.concerns(certificate))
                .min(Comparator.comparing(pull -> pull.window().end()));
    }

    /**
     * Since when this certificate is called for, if it may be renewed now although its own time has not come. The successor of a
     * certificate that is called for may be replaced as well, if it was issued before then.
     */
    public Optional<Instant> calledSince(KnownCertificate certificate) {
        Instant now = clock.instant();
        return inForce.stream()
                .filter(pull -> !now.isBefore(pull.window().start()) && pull.concerns(certificate))
                .map(pull -> pull.made().at())
                .max(Comparator.naturalOrder());
    }
}
