package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.REVOCATION_CHANGE;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.revocation.RevocationChange;
import dev.nameplate.ca.revocation.RevocationChanges;
import dev.nameplate.schema.generated.tables.records.RevocationChangeRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.impl.DSL;

/** The changes of standings, in SQL. */
public final class JooqRevocationChanges implements RevocationChanges {
    private final Database database;

    public JooqRevocationChanges(Database database) {
        this.database = database;
    }

    @Override
    public long newest() {
        Long newest = database.readDurable(sql -> sql.select(DSL.max(REVOCATION_CHANGE.NUMBER))
                .from(REVOCATION_CHANGE)
                .fetchSingle()
                .value1());
        return Optional.ofNullable(newest).orElse(0L);
    }

    @Override
    public List<RevocationChange> after(long number, int limit) {
        return database.readDurable(sql -> sql.selectFrom(REVOCATION_CHANGE)
                .where(REVOCATION_CHANGE.NUMBER.gt(number))
                .orderBy(REVOCATION_CHANGE.NUMBER)
                .limit(limit)
                .fetch(JooqRevocationChanges::change));
    }

    @Override
    public int prune(long upTo, Instant olderThan) {
        return database.writer()
                .write(writing -> writing.sql()
                        .deleteFrom(REVOCATION_CHANGE)
                        .where(REVOCATION_CHANGE.NUMBER.le(upTo))
                        .and(REVOCATION_CHANGE.AT.lt(Rows.asStored(olderThan)))
                        .execute());
    }

    private static RevocationChange change(RevocationChangeRecord row) {
        return new RevocationChange(
                row.getNumber(),
                new IssuerGeneration(new IssuerName(row.getIssuer()), row.getGeneration()),
                row.getShard(),
                Certificates.serial(row.getSerial()));
    }
}
