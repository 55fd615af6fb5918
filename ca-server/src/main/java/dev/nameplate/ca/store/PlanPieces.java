package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.REVOCATION;
import static dev.nameplate.schema.generated.Tables.REVOCATION_PLAN;
import static dev.nameplate.schema.generated.Tables.REVOCATION_PLAN_ITEM;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.bulk.Plan;
import dev.nameplate.ca.revocation.bulk.PlanId;
import dev.nameplate.ca.revocation.bulk.Target;
import dev.nameplate.schema.generated.tables.records.RevocationPlanRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The certificates of a plan in their order, and how a piece of them is carried out. */
final class PlanPieces {
    private PlanPieces() {}

    /** A certificate of a plan as it stands now. */
    record Item(FoundCertificate certificate, DeviceId device) {
        Target target() {
            return new Target(certificate.issuer(), certificate.serial(), device, certificate.standing());
        }
    }

    static List<Item> items(DSLContext sql, PlanId id, int after, int limit) {
        return sql.select(
                        CERTIFICATE.ISSUER,
                        CERTIFICATE.GENERATION,
                        CERTIFICATE.SHARD,
                        CERTIFICATE.SERIAL,
                        CERTIFICATE.NOT_AFTER)
                .select(REVOCATION_PLAN_ITEM.DEVICE)
                .select(REVOCATION.fields())
                .from(REVOCATION_PLAN_ITEM)
                .join(CERTIFICATE)
                .on(CERTIFICATE
                        .SERIAL
                        .eq(REVOCATION_PLAN_ITEM.SERIAL)
                        .and(CERTIFICATE.ISSUER.eq(REVOCATION_PLAN_ITEM.ISSUER))
                        .and(CERTIFICATE.GENERATION.eq(REVOCATION_PLAN_ITEM.GENERATION)))
                .leftJoin(REVOCATION)
                .on(StandingRows.ofCertificate())
                .where(REVOCATION_PLAN_ITEM.PLAN.eq(id.value()))
                .and(REVOCATION_PLAN_ITEM.POSITION.gt(after))
                .and(REVOCATION_PLAN_ITEM.POSITION.le(after + limit))
                .orderBy(REVOCATION_PLAN_ITEM.POSITION)
                .fetch(PlanPieces::item);
    }

    static Plan advance(Plan plan, int size, Instant now, Writing writing) {
        Cause cause = new Cause(plan.applied().orElse(plan.made()).by(), Optional.empty());
        Order order = new Order(
                plan.treatment().wish(), now, cause, Map.of("plan", plan.id().value()));
        List<Item> items = items(writing.sql(), plan.id(), plan.progress().done(), size);
        var changes = new StandingChanges(writing);
        items.forEach(item -> changes.apply(order, item.certificate()));
        changes.write();
        return record(plan, items.size(), changes.size(), order, writing);
    }

    private static Plan record(Plan plan, int done, int changed, Order order, Writing writing) {
        Plan.Progress before = plan.progress();
        var row = new RevocationPlanRecord();
        row.setDone(before.done() + done);
        row.setChanged(before.changed() + changed);
        if (done == 0 || row.getDone() >= plan.found().orElseThrow().world().certificates()) {
            row.setState(Plan.State.DONE.name());
            row.setEndedAt(Rows.asStored(order.at()));
            writing.append(order.cause()
                    .event(
                            order.at(),
                            "revocation.done",
                            "plan:" + plan.id(),
                            Map.of(
                                    "certificates",
                                    row.getDone().toString(),
                                    "changed",
                                    row.getChanged().toString())));
        }
        Condition it = REVOCATION_PLAN.ID.eq(plan.id().value());
        writing.sql().update(REVOCATION_PLAN).set(row).where(it).execute();
        return writing.sql().selectFrom(REVOCATION_PLAN).where(it).fetchSingle(PlanRows::plan);
    }

    private static Item item(Record row) {
        return new Item(FoundCertificate.of(row), new DeviceId(row.get(REVOCATION_PLAN_ITEM.DEVICE)));
    }
}
