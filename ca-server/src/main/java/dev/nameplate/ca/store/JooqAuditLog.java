package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.AUDIT_ENTRY;
import static dev.nameplate.schema.generated.Tables.AUDIT_SEAL;

import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.audit.AuditSeal;
import dev.nameplate.ca.audit.Notebook;
import dev.nameplate.schema.generated.tables.records.AuditSealRecord;
import java.util.List;
import java.util.Optional;

/** The audit trail, in SQL; {@link Trail} writes it. What is read here is on the disk, so a seal never runs ahead of it. */
public final class JooqAuditLog implements AuditLog, Notebook {
    private final Database database;

    public JooqAuditLog(Database database) {
        this.database = database;
    }

    @Override
    public List<AuditEntry> entriesAfter(long after, int limit) {
        return database.readDurable(sql -> sql.selectFrom(AUDIT_ENTRY)
                .where(AUDIT_ENTRY.NUMBER.gt(after))
                .orderBy(AUDIT_ENTRY.NUMBER)
                .limit(limit)
                .fetch(Rows::auditEntry));
    }

    @Override
    public Optional<AuditEntry> last() {
        return database.readDurable(sql -> sql.selectFrom(AUDIT_ENTRY)
                .orderBy(AUDIT_ENTRY.NUMBER.desc())
                .limit(1)
                .fetchOptional(Rows::auditEntry));
    }

    @Override
    public List<AuditSeal> sealsAfter(long after, int limit) {
        return database.readDurable(sql -> sql.selectFrom(AUDIT_SEAL)
                .where(AUDIT_SEAL.NUMBER.gt(after))
                .orderBy(AUDIT_SEAL.NUMBER, AUDIT_SEAL.SIGNER)
                .limit(limit)
                .fetch(Rows::auditSeal));
    }

    @Override
    public void seal(AuditSeal seal) {
        database.writer().write(writing -> {
            boolean there = writing.sql()
                    .fetchExists(
                            AUDIT_SEAL,
                            AUDIT_SEAL
                                    .NUMBER
                                    .eq(seal.number())
                                    .and(AUDIT_SEAL.SIGNER.eq(seal.signer().octets())));
            if (!there) {
                Batches.insert(writing.sql(), AUDIT_SEAL, List.of(row(seal)));
            }
            return !there;
        });
    }

    private static AuditSealRecord row(AuditSeal seal) {
        return new AuditSealRecord(
                seal.number(),
                seal.signer().octets(),
                seal.hash().octets(),
                Rows.asStored(seal.at()),
                seal.signature());
    }

    @Override
    public void note(AuditEvent event) {
        database.writer().write(writing -> {
            writing.append(event);
            return true;
        });
    }
}
