package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.Revocation;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.bulk.Plan;
import dev.nameplate.ca.revocation.bulk.PlanId;
import dev.nameplate.ca.revocation.bulk.PlanStore;
import dev.nameplate.ca.revocation.bulk.Selection;
import dev.nameplate.ca.revocation.bulk.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Plans over a {@link MemoryLedger}. */
public final class MemoryPlans implements PlanStore {
    private static final Comparator<Plan> OLDEST_FIRST = Comparator.comparing(
                    (Plan plan) -> plan.made().at())
            .thenComparing(plan -> plan.id().value());

    private final MemoryLedger ledger;
    private final MemoryDevices devices;
    private final MemoryAuditLog audit;
    private final MemoryRevocations revocations;
    private final Map<PlanId, Plan> plans = new LinkedHashMap<>();
    private final Map<PlanId, List<DeviceId>> listedDevices = new HashMap<>();
    private final Map<PlanId, List<SerialNumber>> listedSerials = new HashMap<>();
    private final Map<PlanId, List<Target>> items = new HashMap<>();

    MemoryPlans(MemoryLedger ledger, MemoryDevices devices, MemoryAuditLog audit, MemoryRevocations revocations) {
        this.ledger = ledger;
        this.devices = devices;
        this.audit = audit;
        this.revocations = revocations;
    }

    @Override
    public synchronized void add(Plan draft) {
        plans.put(draft.id(), draft);
    }

    @Override
    public synchronized Optional<Long> list(PlanId id, List<DeviceId> some, List<SerialNumber> serials) {
        if (find(id).filter(plan -> plan.state() == Plan.State.DRAFT).isEmpty()) {
            return Optional.empty();
        }
        of(listedDevices, id).addAll(some);
        of(listedSerials, id).addAll(serials);
        return Optional.of(
                (long) of(listedDevices, id).size() + of(listedSerials, id).size());
    }

    @Override
    public synchronized Optional<Plan> find(PlanId id) {
        return Optional.ofNullable(plans.get(id));
    }

    @Override
    public synchronized List<Plan> newest(int limit) {
        return plans.values().stream()
                .sorted(OLDEST_FIRST.reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Plan> in(Plan.State state, int limit) {
        return plans.values().stream()
                .filter(plan -> plan.state() == state)
                .sorted(OLDEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean move(PlanId id, Move move, AuditEvent event) {
        Optional<Plan> plan = find(id).filter(found -> found.state() == move.from());
        plan.ifPresent(found -> {
            Optional<Plan.Word> applied =
                    move.from() == Plan.State.PLANNED ? Optional.of(move.word()) : found.applied();
            plans.put(id, with(found, move.to(), found.found(), applied, found.progress()));
            audit.append(event);
        });
        return plan.isPresent();
    }

    @Override
    public synchronized void select(Plan plan, Consumer<Target> each) {
        List<Target> found = ledger.rows().stream()
                .filter(row -> matches(row, plan))
                .map(this::target)
                .toList();
        found.forEach(each);
    }

    @Override
    public void survey(Plan plan, Consumer<Target> each) {
        select(plan, each);
    }

    @Override
    public synchronized List<String> unknown(PlanId id, int limit) {
        Stream<String> noDevices = of(listedDevices, id).stream()
                .filter(device -> devices.find(device).isEmpty())
                .map(device -> "device " + device);
        Stream<String> noSerials = of(listedSerials, id).stream()
                .filter(serial -> ledger.rows().stream()
                        .noneMatch(row -> row.serial().equals(serial)
                                && row.added().holder().kind() == Holder.Kind.DEVICE))
                .map(serial -> "certificate " + serial);
        return Stream.concat(noDevices, noSerials).limit(limit).toList();
    }

    @Override
    public synchronized void forgetItems(PlanId id) {
        of(items, id).clear();
    }

    @Override
    public synchronized void addItems(PlanId id, int from, List<Target> targets) {
        if (of(items, id).size() != from) {
            throw new IllegalStateException("there are " + of(items, id).size() + " items, not " + from);
        }
        of(items, id).addAll(targets);
    }

    @Override
    public synchronized List<Target> items(PlanId id, int after, int limit) {
        return of(items, id).stream().skip(after).limit(limit).map(this::now).toList();
    }

    @Override
    public synchronized int devices(PlanId id) {
        return Math.toIntExact(
                of(items, id).stream().map(Target::device).distinct().count());
    }

    @Override
    public synchronized void planned(PlanId id, Plan.Found what, AuditEvent event) {
        Plan plan = known(id);
        plans.put(id, with(plan, Plan.State.PLANNED, Optional.of(what), plan.applied(), plan.progress()));
        audit.append(event);
    }

    @Override
    public synchronized void failed(PlanId id, String problem) {
        Plan plan = known(id);
        var progress = new Plan.Progress(0, 0, Optional.empty(), Optional.of(problem));
        plans.put(id, with(plan, Plan.State.FAILED, plan.found(), plan.applied(), progress));
    }

    @Override
    public synchronized Plan advance(PlanId id, int size, Instant now) {
        Plan plan = known(id);
        if (plan.state() != Plan.State.RUNNING) {
            return plan;
        }
        Cause cause = new Cause(plan.applied().orElse(plan.made()).by(), Optional.empty());
        Order order = new Order(plan.treatment().wish(), now, cause, Map.of("plan", id.value()));
        List<Target> piece = items(id, plan.progress().done(), size);
        int changed = plan.progress().changed();
        for (Target target : piece) {
            changed +=
                    revocations.apply(order, target.issuer(), target.serial()).orElseThrow()
                                    instanceof Revocation.Changed
                            ? 1
                            : 0;
        }
        int done = plan.progress().done() + piece.size();
        boolean end = done == of(items, id).size();
        var progress = new Plan.Progress(done, changed, end ? Optional.of(now) : Optional.empty(), Optional.empty());
        plans.put(id, with(plan, end ? Plan.State.DONE : Plan.State.RUNNING, plan.found(), plan.applied(), progress));
        if (end) {
            audit.append(cause.event(now, "revocation.done", "plan:" + id, Map.of()));
        }
        return known(id);
    }

    @Override
    public synchronized void prune(Instant olderThan) {
        plans.values()
                .removeIf(plan -> plan.made().at().isBefore(olderThan)
                        && plan.applied().isEmpty()
                        && plan.state() != Plan.State.SELECTING);
    }

    private boolean matches(MemoryRow row, Plan plan) {
        Selection wanted = plan.selection();
        return row.added().holder().kind() == Holder.Kind.DEVICE
                && row.issued().notAfter().isAfter(plan.made().at())
                && plan.treatment().concerns(row.standing())
                && wanted.profile().map(row.added().profile()::equals).orElse(true)
                && wanted.issuer().map(row.added().issuer()::equals).orElse(true)
                && (wanted.key().isEmpty()
                        || wanted.key()
                                .equals(Keys.algorithmOf(
                                        row.added().certificate().parsed().getSubjectPublicKeyInfo())))
                && isListed(row, plan)
                && (wanted.attributes().isEmpty() || hasAttributes(row, wanted));
    }

    private boolean isListed(MemoryRow row, Plan plan) {
        return switch (plan.selection().listed()) {
            case NOTHING -> true;
            case DEVICES -> of(listedDevices, plan.id()).contains(device(row));
            case SERIALS -> of(listedSerials, plan.id()).contains(row.serial());
        };
    }

    private boolean hasAttributes(MemoryRow row, Selection wanted) {
        return devices.find(device(row))
                .map(Device::attributes)
                .filter(has -> has.entrySet().containsAll(wanted.attributes().entrySet()))
                .isPresent();
    }

    private Target target(MemoryRow row) {
        return new Target(row.added().issuer(), row.serial(), device(row), row.standing());
    }

    private Target now(Target target) {
        Standing standing = revocations.of(target.issuer(), target.serial()).orElseThrow();
        return new Target(target.issuer(), target.serial(), target.device(), standing);
    }

    private Plan known(PlanId id) {
        return find(id).orElseThrow();
    }

    private static <T> List<T> of(Map<PlanId, List<T>> lists, PlanId id) {
        return lists.computeIfAbsent(id, _ -> new ArrayList<>());
    }

    private static DeviceId device(MemoryRow row) {
        return new DeviceId(row.added().holder().name());
    }

    private static Plan with(
            Plan plan,
            Plan.State state,
            Optional<Plan.Found> found,
            Optional<Plan.Word> applied,
            Plan.Progress progress) {
        return new Plan(plan.id(), state, plan.selection(), plan.treatment(), plan.made(), found, applied, progress);
    }
}
