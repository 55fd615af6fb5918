package dev.nameplate.ca.revocation.bulk;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.SerialNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Every plan. Each change is atomic, its event included, and durable when it returns. */
public interface PlanStore {
    void add(Plan draft);

    /** Adds to the list of a draft. @return how many are listed now; empty, and nothing changed, if it is no draft */
    Optional<Long> list(PlanId id, List<DeviceId> devices, List<SerialNumber> serials);

    Optional<Plan> find(PlanId id);

    /** The newest first. */
    List<Plan> newest(int limit);

    /** Those in this state, the oldest first. */
    List<Plan> in(Plan.State state, int limit);

    /** @return false, and nothing changed, if it is in another state by now */
    boolean move(PlanId id, Move move, AuditEvent event);

    /** Tells of each certificate that the selection of this plan finds now, in the order in which they are best gone through. */
    void select(Plan plan, Consumer<Target> each);

    /** As {@link #select}, in whatever order is quickest. */
    void survey(Plan plan, Consumer<Target> each);

    /** What stands in the plan's list and is not known, at most this many, in words. */
    List<String> unknown(PlanId id, int limit);

    /** Forgets the certificates of a plan that is being selected. */
    void forgetItems(PlanId id);

    /** @param from how many there are already */
    void addItems(PlanId id, int from, List<Target> targets);

    /** At most {@code limit} certificates of a plan after the first {@code after}; each stands where it stands now. */
    List<Target> items(PlanId id, int after, int limit);

    int devices(PlanId id);

    /** From {@code SELECTING} to {@code PLANNED}. */
    void planned(PlanId id, Plan.Found found, AuditEvent event);

    /** From {@code SELECTING} to {@code FAILED}. */
    void failed(PlanId id, String problem);

    /**
     * Carries out a piece of a running plan: its next certificates, their events, how far it is, and its end in one transaction.
     *
     * @return the plan after that; unchanged if it is not running
     */
    Plan advance(PlanId id, int size, Instant now);

    /** Forgets what was never applied and is older than this, and the lists of whatever ended before it. */
    void prune(Instant olderThan);

    /**
     * From one state to another.
     *
     * @param word whose; kept as the one who applied it, if it was {@code PLANNED}, and as who decided, if it was {@code AWAITING}
     */
    record Move(Plan.State from, Plan.State to, Plan.Word word) {}
}
