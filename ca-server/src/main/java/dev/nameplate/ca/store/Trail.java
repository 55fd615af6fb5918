package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.AUDIT_ENTRY;
import static dev.nameplate.schema.generated.Tables.AUDIT_HEAD;

import dev.nameplate.ca.audit.AuditChain;
import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.audit.AuditEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The writer's end of the audit trail; used by its thread alone. */
final class Trail {
    private final AuditChain chain = new AuditChain();
    private @Nullable AuditEntry lastKnown;

    /** Waits until nobody else writes. @return the last entry */
    Optional<AuditEntry> lock(DSLContext sql) {
        var head = sql.select(AUDIT_HEAD.NUMBER, AUDIT_HEAD.HASH)
                .from(AUDIT_HEAD)
                .where(AUDIT_HEAD.ID.eq((short) 1))
                .forUpdate()
                .fetchSingle();
        long number = head.value1();
        if (number == 0) {
            return Optional.empty();
        }
        if (lastKnown == null || !Rows.isAt(lastKnown, number, head.value2())) {
            lastKnown = sql.selectFrom(AUDIT_ENTRY)
                    .where(AUDIT_ENTRY.NUMBER.eq(number))
                    .fetchSingle(Rows::auditEntry);
        }
        return Optional.of(lastKnown);
    }

    /** Appends the events of a group. What it remembers of them is checked against the head next time. */
    void append(DSLContext sql, Optional<AuditEntry> last, List<AuditEvent> events) {
        List<AuditEntry> entries = new ArrayList<>(events.size());
        Optional<AuditEntry> end = last;
        for (AuditEvent event : events) {
            AuditEntry entry = chain.link(end, Rows.asStored(event));
            entries.add(entry);
            end = Optional.of(entry);
        }
        AuditEntry head = entries.getLast();
        insert(sql, entries);
        sql.update(AUDIT_HEAD)
                .set(AUDIT_HEAD.NUMBER, head.number())
                .set(AUDIT_HEAD.HASH, head.hash().octets())
                .where(AUDIT_HEAD.ID.eq((short) 1))
                .execute();
        lastKnown = head;
    }

    private static void insert(DSLContext sql, List<AuditEntry> entries) {
        Batches.insert(sql, AUDIT_ENTRY, entries.stream().map(Rows::of).toList());
    }
}
