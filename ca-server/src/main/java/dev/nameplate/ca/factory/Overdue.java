package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.OperatorName;
import java.time.InstantSource;
import java.util.List;

/** Units that did not prove in time that they have their key are scrapped, where their batch says so. */
public final class Overdue {
    private static final int PAGE = 200;
    private static final Caller CA = new Caller.Office(new OperatorName("system"));

    private final UnitRegister units;
    private final Line line;
    private final InstantSource clock;

    public Overdue(UnitRegister units, Line line, InstantSource clock) {
        this.units = units;
        this.line = line;
        this.clock = clock;
    }

    public void scrap() {
        List<Unit> page = units.overdue(clock.instant(), PAGE);
        while (!page.isEmpty()) {
            long scrapped = page.stream().filter(this::scrapped).count();
            page = scrapped == 0 || page.size() < PAGE ? List.of() : units.overdue(clock.instant(), PAGE);
        }
    }

    private boolean scrapped(Unit unit) {
        var step = new Step.Expire(unit.certificate().orElseThrow().serial());
        return line.take(step, unit.batch(), unit.id(), CA, Cause.SYSTEM) instanceof UnitChange.Changed;
    }
}
