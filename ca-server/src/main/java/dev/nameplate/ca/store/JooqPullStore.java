package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.RENEWAL_PULL;
import static java.util.Objects.requireNonNull;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.renewal.Pull;
import dev.nameplate.ca.renewal.PullId;
import dev.nameplate.ca.renewal.PullStore;
import dev.nameplate.ca.renewal.Selector;
import dev.nameplate.ca.renewal.Window;
import dev.nameplate.schema.generated.tables.records.RenewalPullRecord;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Renewals pulled forward, in SQL. */
public final class JooqPullStore implements PullStore {
    private final Database database;

    public JooqPullStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Pull pull, AuditEvent event) {
        database.writer().write(writing -> {
            Batches.insert(writing.sql(), RENEWAL_PULL, List.of(row(pull)));
            writing.append(event);
            return true;
        });
    }

    @Override
    public Optional<Pull> find(PullId id) {
        return database.readDurable(sql -> sql.selectFrom(RENEWAL_PULL)
                .where(RENEWAL_PULL.ID.eq(id.value()))
                .fetchOptional(JooqPullStore::pull));
    }

    @Override
    public List<Pull> newest(int limit) {
        return newest(DSL.noCondition(), limit);
    }

    @Override
    public List<Pull> inForce(int limit) {
        return newest(RENEWAL_PULL.CANCELLED_AT.isNull(), limit);
    }

    @Override
    public boolean cancel(PullId id, Pull.Word word, AuditEvent event) {
        return database.writer().write(writing -> {
            int changed = writing.sql()
                    .update(RENEWAL_PULL)
                    .set(RENEWAL_PULL.CANCELLED_BY, word.by().value())
                    .set(RENEWAL_PULL.CANCELLED_AT, Rows.asStored(word.at()))
                    .where(RENEWAL_PULL.ID.eq(id.value()))
                    .and(RENEWAL_PULL.CANCELLED_AT.isNull())
                    .execute();
            if (changed == 1) {
                writing.append(event);
            }
            return changed == 1;
        });
    }

    private List<Pull> newest(Condition which, int limit) {
        return database.readDurable(sql -> sql.selectFrom(RENEWAL_PULL)
                .where(which)
                .orderBy(RENEWAL_PULL.MADE_AT.desc(), RENEWAL_PULL.ID)
                .limit(limit)
                .fetch(JooqPullStore::pull));
    }

    static RenewalPullRecord row(Pull pull) {
        var row = new RenewalPullRecord();
        row.setId(pull.id().value());
        row.setSelector(Facts.write(pull.selector().words()));
        row.setStartsAt(pull.window().start());
        row.setEndsAt(pull.window().end());
        row.setReason(pull.why().reason());
        row.setExplanation(pull.why().explanation().map(URI::toString).orElse(null));
        row.setMadeBy(pull.made().by().value());
        row.setMadeAt(Rows.asStored(pull.made().at()));
        return row;
    }

    static Pull pull(RenewalPullRecord row) {
        return new Pull(
                new PullId(row.getId()),
                Selector.of(Facts.read(row.getSelector())),
                new Window(row.getStartsAt(), row.getEndsAt()),
                new Pull.Why(
                        row.getReason(),
                        Optional.ofNullable(row.getExplanation()).map(URI::create)),
                new Pull.Word(new Actor(row.getMadeBy()), row.getMadeAt()),
                word(row.getCancelledBy(), row.getCancelledAt()));
    }

    private static Optional<Pull.Word> word(@Nullable String by, @Nullable Instant at) {
        return by == null ? Optional.empty() : Optional.of(new Pull.Word(new Actor(by), requireNonNull(at)));
    }
}
