package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.EVIDENCE;

import dev.nameplate.ca.approval.Evidence;
import dev.nameplate.ca.approval.EvidenceArchive;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.issuance.RequestFingerprint;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.EvidenceRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Evidence, in SQL. */
public final class JooqEvidenceArchive implements EvidenceArchive {
    private final Database database;

    public JooqEvidenceArchive(Database database) {
        this.database = database;
    }

    /** Whoever only asks again is not made to wait for the disk. */
    @Override
    public void keep(Kept kept, AuditEvent event) {
        if (database.readDurable(sql -> isKept(kept, sql))) {
            return;
        }
        database.writer().write(writing -> {
            if (isKept(kept, writing.sql())) {
                return false;
            }
            writing.sql()
                    .deleteFrom(EVIDENCE)
                    .where(EVIDENCE.REQUEST.eq(kept.request().value().octets()))
                    .execute();
            Batches.insert(writing.sql(), EVIDENCE, List.of(row(kept)));
            writing.append(event);
            return true;
        });
    }

    @Override
    public List<Kept> of(DeviceId device, int limit) {
        return database.readDurable(sql -> sql.selectFrom(EVIDENCE)
                .where(EVIDENCE.DEVICE.eq(device.value()))
                .orderBy(EVIDENCE.RECEIVED_AT.desc(), EVIDENCE.REQUEST)
                .limit(limit)
                .fetch(JooqEvidenceArchive::kept));
    }

    private static boolean isKept(Kept kept, DSLContext sql) {
        Optional<byte[]> content = sql.select(EVIDENCE.CONTENT)
                .from(EVIDENCE)
                .where(EVIDENCE.REQUEST.eq(kept.request().value().octets()))
                .fetchOptional(EVIDENCE.CONTENT);
        return content.filter(octets -> Arrays.equals(octets, kept.evidence().octets()))
                .isPresent();
    }

    private static EvidenceRecord row(Kept kept) {
        return new EvidenceRecord(
                kept.request().value().octets(),
                kept.device().value(),
                kept.keyHash().octets(),
                Rows.asStored(kept.receivedAt()),
                kept.evidence().octets());
    }

    private static Kept kept(EvidenceRecord row) {
        return new Kept(
                new RequestFingerprint(Sha256.fromOctets(row.getRequest())),
                new DeviceId(row.getDevice()),
                Sha256.fromOctets(row.getKeyHash()),
                row.getReceivedAt(),
                new Evidence(row.getContent()));
    }
}
