package dev.nameplate.ca.app;

import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.ClosingRecord;
import dev.nameplate.ca.factory.Handover;
import dev.nameplate.ca.factory.HandoverRegister;
import dev.nameplate.ca.factory.KeyDestruction;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitQuery;
import dev.nameplate.ca.factory.UnitRegister;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.factory.keys.BatchKeys;
import dev.nameplate.ca.factory.keys.DestructionRecord;
import dev.nameplate.ca.factory.keys.InjectedKeys;
import dev.nameplate.ca.factory.keys.KeyFate;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.hsm.KekDestruction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Destroys the key-encryption keys of a batch in the token, and says for the closing record what was done and what that does not prove. */
final class KekDestructions implements KeyDestruction {
    private static final int PAGE = 500;

    private final BatchKeys keys;
    private final HandoverRegister handovers;
    private final UnitRegister units;

    KekDestructions(BatchKeys keys, HandoverRegister handovers, UnitRegister units) {
        this.keys = keys;
        this.handovers = handovers;
        this.units = units;
    }

    @Override
    public Map<String, ?> destroy(Batch batch, ClosingRecord.End end) {
        List<Handover> handed = handovers.list(batch.name());
        if (handed.isEmpty()) {
            return Map.of();
        }
        List<Unit> made = units(batch);
        List<Map<String, ?>> records = new ArrayList<>();
        Sha256 previous = DestructionRecord.NONE;
        for (Handover handover : handed) {
            Optional<KekDestruction> destruction = keys.destroy(TokenUnitKeys.name(batch, handover.station()));
            if (destruction.isPresent()) {
                var entry = new DestructionRecord(
                        TokenUnitKeys.name(batch, handover.station()),
                        end.at(),
                        InjectedKeys.of(fates(made, handover.station()).stream()),
                        handover.kek().insideToken(),
                        destruction.get(),
                        List.of(end.by().value()),
                        previous);
                previous = entry.hash();
                records.add(entry.members());
            } else {
                records.add(notThere(handover));
            }
        }
        return Map.of("keyEncryptionKeys", records);
    }

    /** Destroyed by a closing that was cut off, or from outside. */
    private static Map<String, ?> notThere(Handover handover) {
        return new TreeMap<>(Map.of(
                "station",
                handover.station().value(),
                "checkValue",
                handover.kek().checkValue(),
                "foundBefore",
                0L,
                "notProved",
                DestructionRecord.NOT_PROVED));
    }

    private static List<KeyFate> fates(List<Unit> units, OperatorName station) {
        return units.stream()
                .filter(unit -> unit.station().equals(station))
                .flatMap(unit -> unit.certificate().stream()
                        .map(mine ->
                                new KeyFate(mine.key(), unit.at(UnitState.DELIVERED), unit.at(UnitState.VERIFIED))))
                .sorted(Comparator.comparing(fate -> fate.key().toString()))
                .toList();
    }

    private List<Unit> units(Batch batch) {
        List<Unit> all = new ArrayList<>();
        List<Unit> page = units.list(UnitQuery.all(batch.name(), Optional.empty(), PAGE));
        while (!page.isEmpty()) {
            all.addAll(page);
            page = units.list(
                    UnitQuery.all(batch.name(), Optional.of(page.getLast().id()), PAGE));
        }
        return all;
    }
}
