package dev.nameplate.ca.store;

import dev.nameplate.ca.factory.FreshCertificate;
import dev.nameplate.ca.factory.KeyPackage;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitChange;
import dev.nameplate.ca.factory.UnitFacts;
import dev.nameplate.ca.factory.UnitIssue;
import dev.nameplate.ca.factory.UnitOrder;
import dev.nameplate.ca.factory.UnitRecording;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.issuance.SerialTakenException;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes the steps of one group with different units: reads what there is about all of them, decides one after the other in
 * memory, and writes what is new. What a group has for one and the same unit is taken in rounds, each on what the one before wrote.
 */
final class UnitRound {
    private final Writing writing;
    private final FoundUnits found;
    private final Recordings recordings;
    private final UnitChanges changes;

    private UnitRound(List<Task.OfUnit> tasks, Writing writing) {
        this.writing = writing;
        this.found = FoundUnits.read(
                tasks.stream().map(Task.OfUnit::batch).collect(Collectors.toSet()),
                tasks.stream().map(Task.OfUnit::unit).toList(),
                writing.sql());
        this.recordings = Recordings.about(
                tasks.stream()
                        .filter(Task.CertifiedUnit.class::isInstance)
                        .map(task -> ((Task.CertifiedUnit) task).recorded())
                        .toList(),
                writing);
        this.changes = new UnitChanges(writing);
    }

    /** @return what answers each, once the group is durable */
    static List<Runnable> apply(Writing writing, List<Task.OfUnit> tasks) {
        List<Runnable> answers = new ArrayList<>(tasks.size());
        for (List<Task.OfUnit> apart : inRounds(tasks, Task.OfUnit::unit)) {
            var round = new UnitRound(apart, writing);
            apart.forEach(task -> answers.add(round.decide(task)));
            round.recordings.write();
            round.changes.write();
        }
        return answers;
    }

    /** In their order, and no unit twice in one round. */
    static <T> List<List<T>> inRounds(List<T> all, Function<T, DeviceId> unit) {
        var seen = new HashMap<DeviceId, Integer>();
        List<List<T>> rounds = new ArrayList<>();
        for (T each : all) {
            int round = seen.merge(unit.apply(each), 1, Integer::sum);
            if (round > rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round - 1).add(each);
        }
        return rounds;
    }

    private Runnable decide(Task.OfUnit task) {
        return switch (task) {
            case Task.StepOfUnit step -> {
                UnitChange change = take(step);
                yield () -> step.answer().complete(change);
            }
            case Task.CertifiedUnit certified -> answer(certified);
        };
    }

    private Runnable answer(Task.CertifiedUnit task) {
        try {
            UnitRecording outcome = certify(task);
            return () -> task.answer().complete(outcome);
        } catch (SerialTakenException taken) {
            return () -> task.fail(taken);
        }
    }

    private UnitChange take(Task.StepOfUnit task) {
        return found.about(task.batch(), task.unit())
                .map(facts -> take(task.order(), facts))
                .orElseGet(
                        () -> new UnitChange.Refused(new Refusal.NotFound("batch " + task.batch()), Optional.empty()));
    }

    private UnitChange take(UnitOrder order, UnitFacts facts) {
        UnitChange change = order.on(facts);
        if (change instanceof UnitChange.Changed changed) {
            var origin = new UnitChanges.Origin(order.cause(), order.at());
            changes.registerDevice(facts, order.attributes(), origin);
            changes.take(facts, changed, Optional.empty(), origin);
            found.count(facts, changed);
            writing.append(order.event(changed.now()));
        }
        if (change instanceof UnitChange.Refused refused) {
            refused.alarm().ifPresent(writing::append);
        }
        return change;
    }

    /** Whether what its key was wrapped under is destroyed already. */
    private boolean isTooLate(Task.CertifiedUnit task) {
        return task.fresh()
                .wrapped()
                .flatMap(KeyPackage::kek)
                .filter(kek -> JooqKekBook.isDestroyed(task.batch(), kek, writing.sql()))
                .isPresent();
    }

    private UnitRecording certify(Task.CertifiedUnit task) {
        Optional<IssuedCertificate> before = recordings.before(task.recorded());
        if (before.isPresent()) {
            return UnitRecording.without(new Recording.AnsweredBefore(before.get()));
        }
        UnitFacts facts = found.about(task.batch(), task.unit())
                .orElseThrow(() -> new IllegalStateException("a batch that issues is there: " + task.batch()));
        if (isTooLate(task)) {
            return UnitRecording.without(new Recording.Objected(new Refusal.NotPossibleNow(
                    "batch " + task.batch(), "its key-encryption key was replaced meanwhile; ask again")));
        }
        return switch (task.issue().on(facts, task.fresh().unit())) {
            case UnitChange.Changed changed -> record(task, facts, changed);
            case UnitChange.Unchanged(Unit same) ->
                throw new IllegalStateException("a fresh certificate changes its unit: " + same.id());
            case UnitChange.Refused(var refusal, var alarm) -> {
                alarm.ifPresent(writing::append);
                yield UnitRecording.without(new Recording.Objected(refusal));
            }
        };
    }

    private UnitRecording record(Task.CertifiedUnit task, UnitFacts facts, UnitChange.Changed changed) {
        Recording recording = recordings.decide(task.recorded());
        if (!(recording instanceof Recording.Recorded)) {
            return UnitRecording.without(recording);
        }
        UnitIssue issue = task.issue();
        FreshCertificate fresh = task.fresh();
        var origin = new UnitChanges.Origin(issue.cause(), issue.at());
        changes.registerDevice(facts, issue.attributes(), origin);
        changes.take(facts, changed, fresh.wrapped(), origin);
        found.count(facts, changed);
        return new UnitRecording(recording, Optional.of(changed.now()));
    }
}
