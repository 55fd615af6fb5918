package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.REVOCATION;
import static dev.nameplate.schema.generated.Tables.REVOCATION_CHANGE;

import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.Revocation;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.schema.generated.tables.records.RevocationRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;

/** Has certificates stand elsewhere, in the transaction of a group: decided one by one, written together. */
final class StandingChanges {
    /** What PostgreSQL tells those who listen, once the transaction is durable. */
    static final String CHANNEL = "nameplate_revocation";

    private final Writing writing;
    private final List<FoundCertificate> before = new ArrayList<>();
    private final List<RevocationRecord> after = new ArrayList<>();
    private final List<Changed> changed = new ArrayList<>();

    private record Changed(FoundCertificate certificate, Instant at) {}

    StandingChanges(Writing writing) {
        this.writing = writing;
    }

    /** Nothing is written before {@link #write}. */
    Revocation apply(Order order, FoundCertificate certificate) {
        Revocation outcome = order.on(certificate.standing());
        if (outcome instanceof Revocation.Changed(var now)) {
            if (!(certificate.standing() instanceof Standing.Good)) {
                before.add(certificate);
            }
            StandingRows.row(certificate, now).ifPresent(after::add);
            changed.add(new Changed(certificate, Rows.asStored(order.at())));
            writing.append(order.event(certificate.issuer(), certificate.serial(), now));
        }
        return outcome;
    }

    int size() {
        return changed.size();
    }

    void write() {
        if (changed.isEmpty()) {
            return;
        }
        DSLContext sql = writing.sql();
        delete(sql);
        Batches.insert(sql, REVOCATION, after);
        tell(sql);
    }

    private void delete(DSLContext sql) {
        if (before.isEmpty()) {
            return;
        }
        BatchBindStep batch = sql.batch(sql.deleteFrom(REVOCATION)
                .where(REVOCATION.ISSUER.eq((String) null))
                .and(REVOCATION.GENERATION.eq((Integer) null))
                .and(REVOCATION.SHARD.eq((Integer) null))
                .and(REVOCATION.SERIAL.eq((byte[]) null)));
        for (FoundCertificate each : before) {
            batch = batch.bind(
                    each.issuer().issuer().value(),
                    each.issuer().number(),
                    each.shard(),
                    Certificates.octets(each.serial()));
        }
        batch.execute();
    }

    private void tell(DSLContext sql) {
        BatchBindStep batch = sql.batch(sql.insertInto(
                        REVOCATION_CHANGE,
                        REVOCATION_CHANGE.AT,
                        REVOCATION_CHANGE.ISSUER,
                        REVOCATION_CHANGE.GENERATION,
                        REVOCATION_CHANGE.SHARD,
                        REVOCATION_CHANGE.SERIAL)
                .values((Instant) null, null, null, null, null));
        for (Changed each : changed) {
            FoundCertificate certificate = each.certificate();
            batch = batch.bind(
                    each.at(),
                    certificate.issuer().issuer().value(),
                    certificate.issuer().number(),
                    certificate.shard(),
                    Certificates.octets(certificate.serial()));
        }
        batch.execute();
        if (sql.family() == SQLDialect.POSTGRES) {
            sql.execute("notify " + CHANNEL);
        }
    }
}
