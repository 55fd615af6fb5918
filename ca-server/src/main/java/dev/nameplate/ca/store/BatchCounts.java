package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH;
import static dev.nameplate.schema.generated.Tables.FACTORY_TALLY;

import dev.nameplate.ca.factory.Tally;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitChange;
import dev.nameplate.ca.factory.UnitFacts;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.schema.generated.tables.records.FactoryTallyRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/** What a group adds to the numbers of batches: against the quotas, and by station and hour. */
final class BatchCounts {
    private final Map<BatchName, Integer> used = new LinkedHashMap<>();
    private final Map<Place, Tally> tallies = new LinkedHashMap<>();

    private record Place(BatchName batch, OperatorName station, Instant hour) {}

    void add(UnitFacts facts, UnitChange.Changed change, Instant at) {
        if (change.tally().equals(Tally.NOTHING)) {
            return;
        }
        Unit now = change.now();
        int counted = counted(facts, change);
        if (counted > 0) {
            used.merge(now.batch(), counted, Integer::sum);
        }
        tallies.merge(
                new Place(now.batch(), now.station(), at.truncatedTo(ChronoUnit.HOURS)), change.tally(), Tally::plus);
    }

    /** How much of the quota it takes: a unit that was drawn ahead of time was counted then. */
    static int counted(UnitFacts facts, UnitChange.Changed change) {
        return facts.slice().isEmpty() ? change.tally().issued() : 0;
    }

    void write(DSLContext sql) {
        used.forEach((batch, more) -> sql.update(BATCH)
                .set(BATCH.USED, BATCH.USED.plus(more))
                .where(BATCH.NAME.eq(batch.value()))
                .execute());
        tallies.forEach((place, more) -> write(place, more, sql));
    }

    private static void write(Place place, Tally more, DSLContext sql) {
        int updated = sql.update(FACTORY_TALLY)
                .set(FACTORY_TALLY.ISSUED, FACTORY_TALLY.ISSUED.plus(more.issued()))
                .set(FACTORY_TALLY.RETRIED, FACTORY_TALLY.RETRIED.plus(more.retried()))
                .set(FACTORY_TALLY.VERIFIED, FACTORY_TALLY.VERIFIED.plus(more.verified()))
                .set(FACTORY_TALLY.SCRAPPED, FACTORY_TALLY.SCRAPPED.plus(more.scrapped()))
                .set(FACTORY_TALLY.REWORKED, FACTORY_TALLY.REWORKED.plus(more.reworked()))
                .where(FACTORY_TALLY.BATCH.eq(place.batch().value()))
                .and(FACTORY_TALLY.STATION.eq(place.station().value()))
                .and(FACTORY_TALLY.FROM_AT.eq(place.hour()))
                .execute();
        if (updated == 0) {
            Batches.insert(sql, FACTORY_TALLY, List.of(row(place, more)));
        }
    }

    private static FactoryTallyRecord row(Place place, Tally tally) {
        return new FactoryTallyRecord(
                place.batch().value(),
                place.station().value(),
                place.hour(),
                tally.issued(),
                tally.retried(),
                tally.verified(),
                tally.scrapped(),
                tally.reworked());
    }
}
