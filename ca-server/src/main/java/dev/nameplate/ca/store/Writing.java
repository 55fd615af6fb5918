package dev.nameplate.ca.store;

import dev.nameplate.ca.audit.AuditEvent;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;

/** The transaction of a group. Nobody else writes while it runs, in no process, so what it reads stays true until it commits. */
final class Writing {
    private final DSLContext sql;
    private final List<AuditEvent> events = new ArrayList<>();

    Writing(DSLContext sql) {
        this.sql = sql;
    }

    DSLContext sql() {
        return sql;
    }

    void append(AuditEvent event) {
        events.add(event);
    }

    List<AuditEvent> events() {
        return events;
    }
}
