package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.DEVICE;
import static dev.nameplate.schema.generated.Tables.REVOCATION;
import static dev.nameplate.schema.generated.Tables.REVOCATION_PLAN_LISTED;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.revocation.bulk.Plan;
import dev.nameplate.ca.revocation.bulk.Selection;
import dev.nameplate.ca.revocation.bulk.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The certificates a plan's selection finds, as a stream: in any order, or in that of the table of those that are revoked. Gone
 * through in that, a piece of a plan touches few of its pages and few shards of a CRL.
 */
final class PlanQuery {
    private static final int FETCH = 1000;
    private static final String HELD = "HELD";
    private static final List<Field<?>> ORDER =
            List.of(CERTIFICATE.ISSUER, CERTIFICATE.GENERATION, CERTIFICATE.SHARD, CERTIFICATE.SERIAL);

    /** Only of what was issued before algorithms were kept. */
    private static final Field<byte[]> OLD_DER =
            DSL.when(CERTIFICATE.KEY_ALGORITHM.isNull(), CERTIFICATE.DER).as("old_der");

    private final Plan plan;
    private final Selection selection;

    PlanQuery(Plan plan) {
        this.plan = plan;
        this.selection = plan.selection();
    }

    void inOrder(DSLContext sql, Consumer<Target> each) {
        run(from(sql).where(conditions()).orderBy(ORDER), each);
    }

    void inAnyOrder(DSLContext sql, Consumer<Target> each) {
        run(from(sql).where(conditions()), each);
    }

    /** In a transaction, or the driver holds all of it in memory. */
    private void run(ResultQuery<Record> found, Consumer<Target> each) {
        try (Cursor<Record> rows = found.fetchSize(FETCH).fetchLazy()) {
            for (Record row : rows) {
                FoundCertificate certificate = FoundCertificate.of(row);
                if (hasItsAttributes(row) && hasItsKey(row) && plan.treatment().concerns(certificate.standing())) {
                    each.accept(new Target(
                            certificate.issuer(),
                            certificate.serial(),
                            new DeviceId(row.get(CERTIFICATE.HOLDER_NAME)),
                            certificate.standing()));
                }
            }
        }
    }

    private SelectJoinStep<Record> from(DSLContext sql) {
        List<Field<?>> columns = new ArrayList<>(List.of(
                CERTIFICATE.ISSUER,
                CERTIFICATE.GENERATION,
                CERTIFICATE.SHARD,
                CERTIFICATE.SERIAL,
                CERTIFICATE.NOT_AFTER,
                CERTIFICATE.HOLDER_NAME));
        columns.addAll(List.of(REVOCATION.fields()));
        if (selection.key().isPresent()) {
            columns.add(OLD_DER);
        }
        if (!selection.attributes().isEmpty()) {
            columns.add(DEVICE.ATTRIBUTES);
        }
        SelectJoinStep<Record> joined =
                sql.select(columns).from(CERTIFICATE).leftJoin(REVOCATION).on(StandingRows.ofCertificate());
        return selection.attributes().isEmpty()
                ? joined
                : joined.join(DEVICE).on(DEVICE.ID.eq(CERTIFICATE.HOLDER_NAME));
    }

    private Condition conditions() {
        Condition all = CERTIFICATE
                .HOLDER_KIND
                .eq(Holder.Kind.DEVICE.name())
                .and(CERTIFICATE.NOT_AFTER.gt(Rows.asStored(plan.made().at())))
                .and(REVOCATION.STATE.isNull().or(REVOCATION.STATE.eq(HELD)))
                .and(listed());
        for (Map.Entry<String, String> attribute : selection.attributes().entrySet()) {
            all = all.and(DEVICE.ATTRIBUTES.contains(member(attribute)));
        }
        return all.and(given());
    }

    private Condition given() {
        Condition all = DSL.noCondition();
        if (selection.profile().isPresent()) {
            all = all.and(CERTIFICATE.PROFILE.eq(selection.profile().get().value()));
        }
        if (selection.issuer().isPresent()) {
            all = all.and(CERTIFICATE.ISSUER.eq(
                            selection.issuer().get().issuer().value()))
                    .and(CERTIFICATE.GENERATION.eq(selection.issuer().get().number()));
        }
        if (selection.key().isPresent()) {
            all = all.and(CERTIFICATE
                    .KEY_ALGORITHM
                    .eq(selection.key().get().toString())
                    .or(CERTIFICATE.KEY_ALGORITHM.isNull()));
        }
        if (selection.issuedFrom().isPresent()) {
            all = all.and(CERTIFICATE.ISSUED_AT.ge(selection.issuedFrom().get()));
        }
        return selection.issuedBefore().isPresent()
                ? all.and(CERTIFICATE.ISSUED_AT.lt(selection.issuedBefore().get()))
                : all;
    }

    private Condition listed() {
        String id = plan.id().value();
        return switch (selection.listed()) {
            case NOTHING -> DSL.noCondition();
            case DEVICES ->
                CERTIFICATE.HOLDER_NAME.in(DSL.select(REVOCATION_PLAN_LISTED.DEVICE)
                        .from(REVOCATION_PLAN_LISTED)
                        .where(REVOCATION_PLAN_LISTED.PLAN.eq(id)));
            case SERIALS ->
                CERTIFICATE.SERIAL.in(DSL.select(REVOCATION_PLAN_LISTED.SERIAL)
                        .from(REVOCATION_PLAN_LISTED)
                        .where(REVOCATION_PLAN_LISTED.PLAN.eq(id)));
        };
    }

    /** As it stands in the column: a first look that needs no parsing. */
    private static String member(Map.Entry<String, String> attribute) {
        String object = Facts.write(Map.of(attribute.getKey(), attribute.getValue()));
        return object.substring(1, object.length() - 1);
    }

    private boolean hasItsAttributes(Record row) {
        return selection.attributes().isEmpty()
                || Facts.read(row.get(DEVICE.ATTRIBUTES))
                        .entrySet()
                        .containsAll(selection.attributes().entrySet());
    }

    private boolean hasItsKey(Record row) {
        if (selection.key().isEmpty()) {
            return true;
        }
        byte @Nullable [] old = row.get(OLD_DER);
        return old == null || keyOf(old).equals(selection.key());
    }

    private static Optional<KeyAlgorithm> keyOf(byte[] certificate) {
        return Keys.algorithmOf(CertificateDer.parse(certificate).parsed().getSubjectPublicKeyInfo());
    }
}
