package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.KEY_OWNER;

import dev.nameplate.ca.factory.Harvest;
import dev.nameplate.ca.factory.UnitChange;
import dev.nameplate.ca.factory.UnitFacts;
import dev.nameplate.ca.factory.UnitOrder;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.KeyOwnerRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes public keys in, in the transaction of a group. */
final class HarvestWriting {
    private final Harvest harvest;
    private final BatchName batch;
    private final Writing writing;

    HarvestWriting(Harvest harvest, BatchName batch, Writing writing) {
        this.harvest = harvest;
        this.batch = batch;
        this.writing = writing;
    }

    /** @return what became of each, in their order; empty if there is no such batch */
    List<Harvest.Result> take(List<Harvest.Reading> readings) {
        List<Harvest.Result> results = new ArrayList<>(readings.size());
        List<Harvest.Reading> apart = new ArrayList<>();
        Set<DeviceId> units = new HashSet<>();
        for (Harvest.Reading reading : readings) {
            if (!units.add(reading.unit())) {
                results.addAll(takeApart(apart));
                apart.clear();
                units = new HashSet<>(Set.of(reading.unit()));
            }
            apart.add(reading);
        }
        results.addAll(takeApart(apart));
        return results;
    }

    /** Readings of different units. */
    private List<Harvest.Result> takeApart(List<Harvest.Reading> readings) {
        FoundUnits found = FoundUnits.read(
                Set.of(batch), readings.stream().map(Harvest.Reading::unit).toList(), writing.sql());
        Map<Sha256, Holder> owners =
                Keyholders.ownersOf(readings.stream().map(Harvest.Reading::key).toList(), writing.sql());
        var changes = new UnitChanges(writing);
        List<KeyOwnerRecord> owned = new ArrayList<>();
        List<Harvest.Result> results = new ArrayList<>();
        for (Harvest.Reading reading : readings) {
            Optional<UnitFacts> facts = found.about(batch, reading.unit());
            if (facts.isPresent()) {
                UnitChange change = harvest.on(facts.get(), reading, Optional.ofNullable(owners.get(reading.key())));
                if (change instanceof UnitChange.Changed changed) {
                    found.count(facts.get(), changed);
                    Holder holder = Holder.of(reading.unit());
                    owners.put(reading.key(), holder);
                    owned.add(Keyholders.row(reading.key(), holder, harvest.at()));
                    write(facts.get(), changed, reading, changes);
                }
                results.add(result(reading, change));
            }
        }
        Batches.insert(writing.sql(), KEY_OWNER, owned);
        changes.write();
        return results;
    }

    private void write(UnitFacts facts, UnitChange.Changed changed, Harvest.Reading reading, UnitChanges changes) {
        var origin = new UnitChanges.Origin(harvest.cause(), harvest.at());
        changes.registerDevice(facts, reading.attributes(), origin);
        changes.take(facts, changed, Optional.empty(), origin);
        writing.append(UnitOrder.event(changed.now(), harvest.at(), harvest.cause()));
    }

    private static Harvest.Result result(Harvest.Reading reading, UnitChange change) {
        return new Harvest.Result(
                reading.unit(),
                change instanceof UnitChange.Refused refused ? Optional.of(refused.refusal()) : Optional.empty());
    }
}
