package dev.nameplate.ca.app;

import dev.nameplate.ca.audit.CanonicalJson;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.ClosingRecord;
import dev.nameplate.ca.factory.Handover;
import dev.nameplate.ca.factory.HandoverRegister;
import dev.nameplate.ca.factory.KekBook;
import dev.nameplate.ca.factory.KekNumber;
import dev.nameplate.ca.factory.KeyDestruction;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitQuery;
import dev.nameplate.ca.factory.UnitRegister;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.factory.keys.BatchKeys;
import dev.nameplate.ca.factory.keys.DestructionRecord;
import dev.nameplate.ca.factory.keys.InjectedKeys;
import dev.nameplate.ca.factory.keys.KekName;
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
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Destroys the key-encryption keys of a batch in the token, and says for the closing record what was done and what that does not prove. */
final class KekDestructions implements KeyDestruction {
    private static final int PAGE = 500;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    private final BatchKeys keys;
    private final HandoverRegister handovers;
    private final KekBook book;
    private final UnitRegister units;

    KekDestructions(BatchKeys keys, HandoverRegister handovers, KekBook book, UnitRegister units) {
        this.keys = keys;
        this.handovers = handovers;
        this.book = book;
        this.units = units;
    }

    @Override
    public Map<String, ?> destroy(Batch batch, ClosingRecord.End end) {
        List<Handover> handed = handovers.list(batch.name());
        Map<String, ?> said = handed.isEmpty() ? Map.of() : destroy(batch, handed, end);
        keys.destroyRest(batch.name().value());
        return said;
    }

    private Map<String, ?> destroy(Batch batch, List<Handover> handed, ClosingRecord.End end) {
        List<Map<String, ?>> records = new ArrayList<>();
        Sha256 previous = DestructionRecord.NONE;
        for (byte[] earlier : book.destructions(batch.name())) {
            records.add(JSON.readValue(earlier, MEMBERS));
            previous = Sha256.of(earlier);
        }
        List<Unit> made = units(batch);
        for (Gone gone : all(batch, handed)) {
            KekName name = TokenUnitKeys.name(batch.name(), gone.number());
            Optional<KekDestruction> destruction = keys.destroy(name);
            if (destruction.isPresent()) {
                var entry = new DestructionRecord(
                        name,
                        end.at(),
                        InjectedKeys.of(
                                gone.current() ? fates(made, gone.number().station()).stream() : Stream.empty()),
                        gone.kek().insideToken(),
                        destruction.get(),
                        List.of(end.by().value()),
                        previous);
                previous = entry.hash();
                records.add(entry.members());
            } else {
                records.add(notThere(gone.number().station(), gone.kek()));
            }
        }
        return Map.of("keyEncryptionKeys", records);
    }

    /** A key that ends now, and whether it is the one that wraps. */
    private record Gone(KekNumber number, Handover.Kek kek, boolean current) {}

    private List<Gone> all(Batch batch, List<Handover> handed) {
        return Stream.concat(
                        book.former(batch.name()).stream()
                                .map(former -> new Gone(former.number(), former.kek(), false)),
                        handed.stream().map(handover -> new Gone(handover.number(), handover.kek(), true)))
                .toList();
    }

    /** Destroyed by somebody who was cut off, or from outside. */
    private static Map<String, ?> notThere(OperatorName station, Handover.Kek kek) {
        return new TreeMap<>(Map.of(
                "station",
                station.value(),
                "checkValue",
                kek.checkValue(),
                "foundBefore",
                0L,
                "notProved",
                DestructionRecord.NOT_PROVED));
    }

    static byte[] notThereOctets(OperatorName station, Handover.Kek kek) {
        return CanonicalJson.octets(notThere(station, kek));
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
