package dev.nameplate.ca.crl;

import dev.nameplate.ca.crl.CrlPublication.Occasion;
import dev.nameplate.ca.pki.CrlScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What there has to be, what there is, and so what is due. Of one thread. */
final class CrlBook {
    /** Times on CRLs are whole seconds: two of one scope never have the same, unless the clock was set back. */
    private static final Duration LEAST_APART = Duration.ofSeconds(1);

    private final Map<CrlScope, PublishedCrl> recorded = new HashMap<>();
    private final Map<CrlScope, Long> touched = new HashMap<>();
    private final Map<CrlScope, Setback> setbacks = new HashMap<>();
    private final Set<CrlScope> lost = new HashSet<>();
    private SortedMap<CrlScope, PlannedCrl> plan = new TreeMap<>();
    private long seen = -1;

    /** Takes over what is true now. */
    void refresh(CrlRecords records, CrlPlan planning, Instant now) {
        if (records.register().version()
                != recorded.values().stream().mapToLong(PublishedCrl::number).sum()) {
            records.register().all().forEach(crl -> recorded.put(crl.scope(), crl));
        }
        plan = planning.at(now, recorded, records.revoked());
        if (seen < 0) {
            seen = recorded.values().stream()
                    .mapToLong(PublishedCrl::throughChange)
                    .min()
                    .orElseGet(records.revoked()::newestChange);
        }
        records.revoked().touchedAfter(seen).forEach((scope, change) -> {
            touched.merge(scope, change, Math::max);
            seen = Math.max(seen, change);
        });
    }

    /** What somebody waits for comes first, and then small ones: a revocation does not wait for a thousand shards. */
    List<DueCrl> due(Instant now, Set<CrlScope> asked, Set<CrlScope> busy) {
        List<DueCrl> due = new ArrayList<>();
        plan.forEach((scope, planned) -> {
            if (!busy.contains(scope) && !rests(scope, now)) {
                occasion(planned, asked, now)
                        .ifPresent(occasion ->
                                due.add(new DueCrl(planned, Optional.ofNullable(recorded.get(scope)), occasion)));
            }
        });
        due.sort(Comparator.comparing((DueCrl one) -> !wanted(one.scope(), asked))
                .thenComparingLong(DueCrl::octets)
                .thenComparing(DueCrl::scope));
        return due;
    }

    /** Recorded, and planned or the last of all: everyone has to be able to fetch it. */
    List<PublishedCrl> toShow() {
        return recorded.values().stream()
                .filter(crl -> plan.containsKey(crl.scope()) || crl.times().last())
                .toList();
    }

    /** What was recorded is nowhere any more. */
    void lost(CrlScope scope) {
        lost.add(scope);
    }

    void note(CrlOutcome outcome, Instant now) {
        CrlScope scope = outcome.scope();
        switch (outcome) {
            case CrlOutcome.Published(var crl, var took) -> {
                recorded.merge(scope, crl, (before, after) -> before.number() > after.number() ? before : after);
                setbacks.remove(scope);
                lost.remove(scope);
            }
            case CrlOutcome.Overtaken _ -> {}
            case CrlOutcome.Failed(var which, var reason) ->
                setbacks.merge(scope, new Setback(1, reason, now), (before, _) -> before.again(reason, now));
        }
    }

    Optional<String> trouble() {
        return setbacks.values().stream().map(Setback::reason).findFirst();
    }

    List<CrlState> states() {
        return plan.values().stream()
                .map(planned -> {
                    Optional<PublishedCrl> newest = Optional.ofNullable(recorded.get(planned.scope()));
                    return new CrlState(
                            planned.scope(),
                            newest,
                            newest.map(crl -> crl.times()
                                            .thisUpdate()
                                            .plus(planned.terms().every()))
                                    .orElse(Instant.EPOCH),
                            Optional.ofNullable(setbacks.get(planned.scope())).map(Setback::reason));
                })
                .toList();
    }

    private boolean rests(CrlScope scope, Instant now) {
        Setback setback = setbacks.get(scope);
        return setback != null && setback.rests(now);
    }

    private Optional<Occasion> occasion(PlannedCrl planned, Set<CrlScope> asked, Instant now) {
        PublishedCrl last = recorded.get(planned.scope());
        if (last == null) {
            return Optional.of(Occasion.SCHEDULE);
        }
        Instant from = last.times().thisUpdate();
        if (planned.key().ending()) {
            return Optional.of(Occasion.SCHEDULE);
        }
        if (!now.isBefore(from.plus(planned.terms().every()))) {
            return Optional.of(Occasion.SCHEDULE);
        }
        if (lost.contains(planned.scope())) {
            return Optional.of(Occasion.CHANGE);
        }
        boolean justNow = !now.isBefore(from) && now.isBefore(from.plus(LEAST_APART));
        return wanted(planned.scope(), asked) && !justNow ? Optional.of(Occasion.CHANGE) : Optional.empty();
    }

    /** Whether something changed that the one recorded last does not say, or somebody asks for one. */
    boolean wanted(CrlScope scope, Set<CrlScope> asked) {
        PublishedCrl last = recorded.get(scope);
        return asked.contains(scope) || (last != null && touched.getOrDefault(scope, 0L) > last.throughChange());
    }
}
