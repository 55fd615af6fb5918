package dev.nameplate.ca.factory.offline;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.Caller;
import dev.nameplate.ca.factory.Line;
import dev.nameplate.ca.factory.Step;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitCertificate;
import dev.nameplate.ca.factory.UnitChange;
import dev.nameplate.ca.factory.UnitFacts;
import dev.nameplate.ca.factory.UnitSignature;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Takes in what stations did without a network. Lines that came before are taken as they were; a journal that says something else
 * in their place is a copy's, and an alarm.
 */
public final class Reporting {
    private final BundleRegister bundles;
    private final Line line;
    private final InstantSource clock;

    public Reporting(BundleRegister bundles, Line line, InstantSource clock) {
        this.bundles = bundles;
        this.line = line;
        this.clock = clock;
    }

    /** An entry that changed nothing, and why. */
    public record Objection(int number, DeviceId unit, Refusal refusal) {}

    /** What became of a report. */
    public sealed interface Outcome {
        /** @param entries how much of the journal is on record now */
        record Taken(int entries, List<Objection> objections) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    public Optional<Bundle> find(BundleName bundle) {
        return bundles.find(bundle);
    }

    public List<Bundle> list(BatchName batch) {
        return bundles.list(batch);
    }

    /**
     * A part of a journal.
     *
     * @param lines one after the other; the first may be one that is on record
     * @param total how many the journal has by now: fewer than are on record is one that was put back
     */
    public record Handed(List<String> lines, long total) {
        public Handed {
            lines = List.copyOf(lines);
        }
    }

    public Outcome report(BundleName name, Handed handed, OperatorName station, Cause cause) {
        Optional<Bundle> found = bundles.find(name);
        if (found.isEmpty()) {
            return new Outcome.Refused(new Refusal.NotFound("bundle " + name));
        }
        Bundle bundle = found.get();
        if (!bundle.header().station().equals(station)) {
            return alarm(bundle, "bundle.foreign", "it was drawn by another station", cause);
        }
        if (handed.total() < bundle.entries()) {
            return alarm(
                    bundle,
                    "bundle.forked",
                    "its journal has " + handed.total() + " lines, and " + bundle.entries()
                            + " are on record: it was put back to an older one, or the bundle was used on two machines",
                    cause);
        }
        return handed.lines().isEmpty()
                ? new Outcome.Taken(bundle.entries(), List.of())
                : report(bundle, handed.lines(), cause);
    }

    private Outcome report(Bundle bundle, List<String> lines, Cause cause) {
        BundleName name = bundle.header().bundle();
        List<JournalLine> read;
        try {
            read = lines.stream()
                    .map(text -> JournalLine.parse(text, bundle.keys().journal()))
                    .toList();
        } catch (IllegalArgumentException malformed) {
            return alarm(bundle, "bundle.tampered", String.valueOf(malformed.getMessage()), cause);
        }
        return new Chain(bundle, read)
                .brokenAgainst(known(name, read))
                .map(why -> alarm(bundle, "bundle.forked", why, cause))
                .orElseGet(() -> take(bundle, read, cause));
    }

    /** The station gives back what it did not use. */
    public Optional<Refusal> end(BundleName name, Caller caller, Cause cause) {
        Optional<Bundle> found = bundles.find(name);
        if (found.isEmpty()) {
            return Optional.of(new Refusal.NotFound("bundle " + name));
        }
        if (caller instanceof Caller.Station && !found.get().header().station().equals(caller.name())) {
            return Optional.of(new Refusal.NotPossibleNow("bundle " + name, "it was drawn by another station"));
        }
        bundles.end(name, clock.instant(), cause);
        return Optional.empty();
    }

    private List<Sha256> known(BundleName name, List<JournalLine> lines) {
        int first = lines.getFirst().entry().number();
        return bundles.entries(name, Math.max(1, first - 1), lines.size() + 1);
    }

    private Outcome take(Bundle bundle, List<JournalLine> lines, Cause cause) {
        int known = bundle.entries();
        List<JournalLine> fresh =
                lines.stream().filter(each -> each.entry().number() > known).toList();
        if (fresh.isEmpty()) {
            return new Outcome.Taken(known, List.of());
        }
        List<Objection> objections = apply(bundle, fresh, cause);
        int from = fresh.getFirst().entry().number();
        AuditEvent event = cause.event(
                clock.instant(),
                "bundle.reported",
                "batch:" + bundle.header().batch(),
                Map.of(
                        "bundle", bundle.header().bundle().value(),
                        "from", Integer.toString(from),
                        "lines", Integer.toString(fresh.size()),
                        "refused", Integer.toString(objections.size())));
        List<Sha256> hashes = fresh.stream().map(JournalLine::hash).toList();
        return bundles.record(bundle.header().bundle(), from, hashes, event)
                ? new Outcome.Taken(from + fresh.size() - 1, objections)
                : alarm(bundle, "bundle.forked", "another journal of it was reported at the same time", cause);
    }

    /** Units side by side, each unit's entries in their order. */
    private List<Objection> apply(Bundle bundle, List<JournalLine> lines, Cause cause) {
        Map<DeviceId, List<JournalEntry>> units = new LinkedHashMap<>();
        lines.forEach(each -> units.computeIfAbsent(each.entry().unit(), _ -> new ArrayList<>())
                .add(each.entry()));
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Objection>>> taking = units.values().stream()
                    .map(entries -> together.submit(() -> entries.stream()
                            .flatMap(entry -> apply(bundle.header(), entry, cause).stream())
                            .toList()))
                    .toList();
            List<Objection> objections = new ArrayList<>();
            for (Future<List<Objection>> each : taking) {
                objections.addAll(answer(each));
            }
            objections.sort(Comparator.comparingInt(Objection::number));
            return objections;
        }
    }

    private Optional<Objection> apply(BundleHeader header, JournalEntry entry, Cause cause) {
        Optional<SerialNumber> serial = line.find(header.batch(), entry.unit())
                .flatMap(UnitFacts::unit)
                .flatMap(Unit::certificate)
                .map(UnitCertificate::serial);
        if (serial.isEmpty()) {
            return Optional.of(new Objection(
                    entry.number(),
                    entry.unit(),
                    new Refusal.NotFound("unit " + entry.unit() + " in batch " + header.batch())));
        }
        Caller caller = new Caller.Drawn(header.station(), header.bundle());
        UnitChange change = switch (entry.deed()) {
            case Deed.Taken _ ->
                take(new Step.Advance(UnitState.DELIVERED, serial.get()), header, entry, caller, cause);
            case Deed.Written _ ->
                take(new Step.Advance(UnitState.WRITTEN, serial.get()), header, entry, caller, cause);
            case Deed.Scrapped(var reason) -> take(new Step.Scrap(reason), header, entry, caller, cause);
            case Deed.Proved(var signature) ->
                line.verify(new UnitSignature(header.batch(), entry.unit(), serial.get(), signature), caller, cause);
        };
        return change instanceof UnitChange.Refused refused
                ? Optional.of(new Objection(entry.number(), entry.unit(), refused.refusal()))
                : Optional.empty();
    }

    private UnitChange take(Step step, BundleHeader header, JournalEntry entry, Caller caller, Cause cause) {
        return line.take(step, header.batch(), entry.unit(), caller, cause);
    }

    private Outcome alarm(Bundle bundle, String what, String why, Cause cause) {
        BundleName name = bundle.header().bundle();
        bundles.alarm(
                name,
                cause.event(
                        clock.instant(),
                        what,
                        "batch:" + bundle.header().batch(),
                        Map.of("bundle", name.value(), "why", why)));
        return new Outcome.Refused(new Refusal.NotPossibleNow("bundle " + name, why));
    }

    private static List<Objection> answer(Future<List<Objection>> taking) {
        try {
            return taking.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a report was taken", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException broken) {
                throw broken;
            }
            throw new IllegalStateException("a report could not be taken", e.getCause());
        }
    }
}
