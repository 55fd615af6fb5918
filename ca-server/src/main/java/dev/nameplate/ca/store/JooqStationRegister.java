package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH;
import static dev.nameplate.schema.generated.Tables.BATCH_STATION;
import static dev.nameplate.schema.generated.Tables.STATION;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.Station;
import dev.nameplate.ca.factory.StationRegister;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.schema.generated.tables.records.StationRecord;
import java.util.List;
import java.util.Optional;

/** Stations, in SQL. */
public final class JooqStationRegister implements StationRegister {
    private final Database database;

    public JooqStationRegister(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(Station station, AuditEvent event) {
        return database.writer().write(writing -> {
            if (writing.sql()
                    .fetchExists(STATION, STATION.NAME.eq(station.name().value()))) {
                return false;
            }
            var row = new StationRecord(station.name().value(), station.site(), Rows.asStored(station.addedAt()));
            Batches.insert(writing.sql(), STATION, List.of(row));
            writing.append(event);
            return true;
        });
    }

    @Override
    public Optional<Station> find(OperatorName name) {
        return database.read(sql -> sql.selectFrom(STATION)
                .where(STATION.NAME.eq(name.value()))
                .fetchOptional(JooqStationRegister::station));
    }

    @Override
    public List<Station> list() {
        return database.read(
                sql -> sql.selectFrom(STATION).orderBy(STATION.NAME).fetch(JooqStationRegister::station));
    }

    @Override
    public List<BatchName> batchesOf(OperatorName name) {
        return database.read(sql -> sql.select(BATCH.NAME)
                .from(BATCH)
                .join(BATCH_STATION)
                .on(BATCH_STATION.BATCH.eq(BATCH.NAME))
                .where(BATCH_STATION.STATION.eq(name.value()))
                .and(BATCH.STATE.ne(Batch.State.CLOSED.name()))
                .orderBy(BATCH.NAME)
                .fetch(row -> new BatchName(row.value1())));
    }

    private static Station station(StationRecord row) {
        return new Station(new OperatorName(row.getName()), row.getSite(), row.getAddedAt());
    }
}
