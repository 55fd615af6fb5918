package dev.nameplate.ca.app;

import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.rotation.Cohort;
import dev.nameplate.ca.rotation.CohortSize;
import dev.nameplate.ca.rotation.Horizon;
import dev.nameplate.ca.rotation.HorizonAlarm;
import dev.nameplate.ca.rotation.HorizonListener;
import dev.nameplate.ca.rotation.Horizons;
import dev.nameplate.ca.store.JooqCohorts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the horizons by itself, and tells of them in the log, in the metrics and to {@code doctor}. */
final class HorizonDuty implements HorizonListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HorizonDuty.class);
    private static final Duration LOOK = Duration.ofMinutes(10);

    /** A count reads every certificate there is. */
    private static final Duration COUNT = Duration.ofHours(6);

    private final Horizons horizons;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final Set<Cohort> gauged = ConcurrentHashMap.newKeySet();
    private final Schedule schedule = new Schedule();
    private volatile Map<Cohort, Horizon> looked = Map.of();

    HorizonDuty(Core core, MeterRegistry metrics) {
        this.clock = core.means().clock();
        this.metrics = metrics;
        this.horizons = new Horizons(
                core.authorities(),
                core.settings().profiles(),
                new JooqCohorts(core.records().database()),
                clock,
                this);
    }

    Horizons horizons() {
        return horizons;
    }

    /** On a thread of its own: counting a large fleet takes a while. */
    void start() {
        schedule.after(Duration.ZERO, COUNT, "counting the certificates of every cohort", this::count);
        schedule.after(LOOK, LOOK, "looking at the horizons of the chains", horizons::look);
    }

    void count() {
        horizons.count();
        horizons.look();
    }

    @Override
    public void looked(List<Horizon> all, List<Horizon> nearer) {
        looked = all.stream().collect(Collectors.toUnmodifiableMap(Horizon::cohort, Function.identity()));
        nearer.forEach(horizon -> LOG.warn("{}", says(horizon)));
        all.stream().map(Horizon::cohort).filter(gauged::add).forEach(this::gauge);
    }

    Finding find() {
        List<Horizon> near = horizons.all().stream()
                .filter(horizon -> horizon.alarm() != HorizonAlarm.NONE)
                .toList();
        if (near.isEmpty()) {
            return Finding.ok("no chain stops working in the next 24 months");
        }
        String more = near.size() == 1 ? "" : "; " + (near.size() - 1) + " more: see `nameplate issuer horizon`";
        String says = says(near.getFirst()) + more;
        return near.getFirst().alarm() == HorizonAlarm.OVER
                ? Finding.fault(says, "activate a new generation of that issuer, and renew what it issued")
                : Finding.warning(
                        says,
                        "prepare, publish and activate a new generation of the issuer whose certificate that is, and"
                                + " have its devices renew before that day");
    }

    @Override
    public void close() {
        schedule.close();
    }

    private static String says(Horizon horizon) {
        return "the chain of " + horizon.cohort() + " (" + certificates(horizon) + " certificates) "
                + (horizon.alarm() == HorizonAlarm.OVER ? "stopped working at " : "stops working at ")
                + horizon.stops() + ", when " + horizon.endsFirst().parsed().getSubject() + " ends";
    }

    private void gauge(Cohort cohort) {
        gauge(
                "nameplate.horizon.left.seconds",
                "until the chain stops working",
                cohort,
                horizon -> Duration.between(clock.instant(), horizon.stops()).toSeconds());
        gauge(
                "nameplate.horizon.alarm",
                "0 none, 1 to 4: 24, 12, 6, 3 months, 5 over",
                cohort,
                horizon -> EnumSet.range(HorizonAlarm.NONE, horizon.alarm()).size() - 1L);
        gauge("nameplate.cohort.certificates", "that have not ended", cohort, HorizonDuty::certificates);
    }

    private void gauge(String name, String about, Cohort cohort, Function<Horizon, Long> value) {
        Gauge.builder(name, () -> {
                    Horizon horizon = looked.get(cohort);
                    return horizon == null ? Double.NaN : (double) value.apply(horizon);
                })
                .description(about)
                .tags(Tags.of(
                        "issuer",
                        cohort.issuer().toString(),
                        "profile",
                        cohort.profile().toString()))
                .strongReference(true)
                .register(metrics);
    }

    private static long certificates(Horizon horizon) {
        return horizon.size().map(CohortSize::certificates).orElse(0L);
    }
}
