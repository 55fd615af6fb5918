package dev.nameplate.ca.factory.offline;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.factory.Caller;
import dev.nameplate.ca.factory.Line;
import dev.nameplate.ca.factory.Step;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitFacts;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Ends bundles when their time is over: units that no device was reported for are scrapped, their certificates revoked. */
public final class Expiry {
    private static final int PAGE = 100;
    private static final Caller CA = new Caller.Office(new OperatorName("system"));
    private static final String REASON = "its bundle ended, and it was not reported as used";

    private final BundleRegister bundles;
    private final Line line;
    private final InstantSource clock;

    public Expiry(BundleRegister bundles, Line line, InstantSource clock) {
        this.bundles = bundles;
        this.line = line;
        this.clock = clock;
    }

    public void settle() {
        bundles.unsettled(clock.instant(), PAGE).forEach(this::settle);
    }

    /** Cut off in between and called again it goes on. */
    private void settle(Bundle bundle) {
        Instant now = clock.instant();
        if (!bundle.over()) {
            bundles.end(bundle.header().bundle(), now, Cause.SYSTEM);
        }
        for (int from = 1; from <= bundle.header().units(); from += PAGE) {
            List<DeviceId> page = bundles.units(bundle.header().bundle(), from, PAGE);
            page.forEach(unit -> scrap(bundle, unit));
        }
        bundles.settled(bundle.header().bundle(), now, Cause.SYSTEM);
    }

    private void scrap(Bundle bundle, DeviceId id) {
        Optional<Unit> unused = line.find(bundle.header().batch(), id)
                .flatMap(UnitFacts::unit)
                .filter(unit -> unit.state() == UnitState.ISSUED);
        unused.flatMap(Unit::certificate)
                .ifPresent(mine -> line.take(
                        new Step.Expire(mine.serial(), REASON), bundle.header().batch(), id, CA, Cause.SYSTEM));
    }
}
