package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.Slice;
import dev.nameplate.ca.factory.offline.Bundle;
import dev.nameplate.ca.factory.offline.BundleRegister;
import dev.nameplate.ca.factory.offline.DrawOrder;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What stations drew, in memory, with units of made-up names; it knows no quota. */
public final class MemoryBundles implements BundleRegister {
    private final Map<String, Bundle> bundles = new TreeMap<>();
    private final Map<String, List<Sha256>> lines = new TreeMap<>();
    private final List<AuditEvent> events = new ArrayList<>();

    /** Everything that was told. */
    public synchronized List<String> actions() {
        return events.stream().map(AuditEvent::action).toList();
    }

    @Override
    public synchronized Draw draw(DrawOrder order) {
        String name = order.header().bundle().value();
        return order.answerFrom(Optional.ofNullable(bundles.get(name))).orElseGet(() -> {
            bundles.put(name, order.bundle());
            lines.put(name, new ArrayList<>());
            events.add(order.event());
            return new Draw.Drawn(order.bundle());
        });
    }

    @Override
    public synchronized Optional<Bundle> find(BundleName bundle) {
        return Optional.ofNullable(bundles.get(bundle.value()));
    }

    @Override
    public synchronized List<Bundle> list(BatchName batch) {
        return bundles.values().stream()
                .filter(bundle -> bundle.header().batch().equals(batch))
                .toList();
    }

    @Override
    public synchronized List<DeviceId> units(BundleName bundle, int from, int limit) {
        Bundle found = known(bundle);
        return IntStream.rangeClosed(from, Math.min(found.header().units(), from + limit - 1))
                .mapToObj(place ->
                        new DeviceId("%s-v%08d".formatted(found.header().batch(), place)))
                .toList();
    }

    @Override
    public synchronized List<Sha256> entries(BundleName bundle, int from, int limit) {
        return linesOf(bundle).stream().skip(from - 1L).limit(limit).toList();
    }

    @Override
    public synchronized boolean record(BundleName bundle, int from, List<Sha256> fresh, AuditEvent event) {
        List<Sha256> all = linesOf(bundle);
        List<Sha256> known = entries(bundle, from, fresh.size());
        if (all.size() < from - 1 || !fresh.subList(0, known.size()).equals(known)) {
            return false;
        }
        all.addAll(fresh.subList(known.size(), fresh.size()));
        Bundle before = known(bundle);
        bundles.put(
                bundle.value(), new Bundle(before.header(), before.keys(), before.signed(), all.size(), before.ends()));
        events.add(event);
        return true;
    }

    @Override
    public synchronized void alarm(BundleName bundle, AuditEvent event) {
        events.add(event);
    }

    @Override
    public synchronized void end(BundleName bundle, Instant at, Cause cause) {
        ends(bundle, new Bundle.Ends(Optional.of(at), Optional.empty(), Optional.empty()));
    }

    @Override
    public synchronized List<Bundle> unsettled(Instant now, int limit) {
        return bundles.values().stream()
                .filter(bundle -> bundle.ends().settledAt().isEmpty())
                .filter(bundle -> bundle.over() || !bundle.header().expiresAt().isAfter(now))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void settled(BundleName bundle, Instant at, Cause cause) {
        ends(bundle, new Bundle.Ends(Optional.of(at), Optional.of(at), Optional.empty()));
    }

    /** What was drawn with this unit in it, and is not over. */
    synchronized Optional<Slice> sliceWith(BatchName batch, DeviceId unit) {
        return list(batch).stream()
                .filter(bundle -> !bundle.over())
                .map(Bundle::header)
                .filter(header -> units(header.bundle(), 1, header.units()).contains(unit))
                .map(header -> new Slice(header.bundle(), header.station()))
                .findFirst();
    }

    private Bundle known(BundleName bundle) {
        return Objects.requireNonNull(bundles.get(bundle.value()), bundle.value());
    }

    private List<Sha256> linesOf(BundleName bundle) {
        return Objects.requireNonNull(lines.get(bundle.value()), bundle.value());
    }

    private void ends(BundleName bundle, Bundle.Ends ends) {
        Bundle before = known(bundle);
        bundles.put(
                bundle.value(), new Bundle(before.header(), before.keys(), before.signed(), before.entries(), ends));
    }
}
