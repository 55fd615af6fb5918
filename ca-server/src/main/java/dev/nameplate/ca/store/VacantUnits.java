package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.BATCH_ALLOWED;
import static dev.nameplate.schema.generated.Tables.BUNDLE_UNIT;
import static dev.nameplate.schema.generated.Tables.FACTORY_UNIT;

import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.Serials;
import dev.nameplate.ca.pki.DeviceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Ids that a batch may use and that no unit has, drawn or made: of its list, of its range, or made up. */
record VacantUnits(Batch batch, DSLContext sql) {
    private static final int PAGE = 1000;
    private static final int MOST_MADE_UP = 100_000_000;

    /** As many as there are, if there are fewer. */
    List<DeviceId> take(int wanted) {
        return switch (batch.order().serials()) {
            case Serials.Listed() -> listed(wanted);
            case Serials.Range range -> counted(wanted, index -> range.at(index), range.size());
            case Serials.Any() -> counted(wanted, this::madeUp, MOST_MADE_UP);
        };
    }

    private List<DeviceId> listed(int wanted) {
        return sql.select(BATCH_ALLOWED.UNIT)
                .from(BATCH_ALLOWED)
                .where(BATCH_ALLOWED.BATCH.eq(batch.name().value()))
                .and(BATCH_ALLOWED.UNIT.notIn(sql.select(FACTORY_UNIT.ID).from(FACTORY_UNIT)))
                .and(BATCH_ALLOWED.UNIT.notIn(sql.select(BUNDLE_UNIT.UNIT).from(BUNDLE_UNIT)))
                .orderBy(BATCH_ALLOWED.UNIT)
                .limit(wanted)
                .fetch(row -> new DeviceId(row.value1()));
    }

    private Optional<DeviceId> madeUp(int index) {
        return Optional.of(new DeviceId("%s-v%08d".formatted(batch.name(), index + 1)));
    }

    /** From the first on, page by page, without what is taken. */
    private List<DeviceId> counted(int wanted, IntFunction<Optional<DeviceId>> at, int size) {
        List<DeviceId> vacant = new ArrayList<>();
        for (int from = start(); from < size && vacant.size() < wanted; from += PAGE) {
            List<DeviceId> page = IntStream.range(from, Math.min(size, from + PAGE))
                    .mapToObj(at)
                    .flatMap(Optional::stream)
                    .toList();
            Set<String> taken = taken(page);
            page.stream()
                    .filter(unit -> !taken.contains(unit.value()))
                    .limit(wanted - vacant.size())
                    .forEach(vacant::add);
        }
        return vacant;
    }

    /** Ids made up are only ever used in order. */
    private int start() {
        return batch.order().serials() instanceof Serials.Any
                ? sql.select(DSL.count())
                        .from(BUNDLE_UNIT)
                        .where(BUNDLE_UNIT.UNIT.startsWith(batch.name() + "-v"))
                        .fetchSingle()
                        .value1()
                : 0;
    }

    private Set<String> taken(List<DeviceId> page) {
        List<String> ids = page.stream().map(DeviceId::value).toList();
        Set<String> taken = new HashSet<>(sql.select(FACTORY_UNIT.ID)
                .from(FACTORY_UNIT)
                .where(FACTORY_UNIT.ID.in(ids))
                .fetchSet(FACTORY_UNIT.ID));
        taken.addAll(sql.select(BUNDLE_UNIT.UNIT)
                .from(BUNDLE_UNIT)
                .where(BUNDLE_UNIT.UNIT.in(ids))
                .fetchSet(BUNDLE_UNIT.UNIT));
        return taken;
    }
}
