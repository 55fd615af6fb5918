package dev.nameplate.bench;

import dev.nameplate.bench.Window.Party;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Windows of one load on one server, after it is warm. */
record Measurement(List<Window> windows) {
    private static final Duration WARMING_STEP = Duration.ofSeconds(5);
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(2);
    private static final double STABLE = 0.05;

    /** Who spends CPU time on this server's account. */
    static Map<Party, Supplier<Duration>> meters(Child server, Optional<Postgres> postgres) {
        Map<Party, Supplier<Duration>> meters = new EnumMap<>(Party.class);
        meters.put(Party.SERVER, () -> ProcFs.cpu(server.pid()));
        meters.put(Party.CLIENT, Machine::ownCpu);
        postgres.ifPresent(database -> meters.put(
                Party.DATABASE, () -> ProcFs.cpuOfFamily(database.child().pid())));
        return meters;
    }

    /**
     * Warms up, by requests as well as by time, until the server's CPU time per request is within a twentieth of what it was in
     * the step before: its compiler is done then, however much of the machine it got. Then measures.
     *
     * @param whenWarm called once between the two
     */
    static Measurement of(Load load, Options options, double expectedPerSecond, Runnable whenWarm) {
        double rate = expectedPerSecond;
        double before = Double.MAX_VALUE;
        Duration warmed = Duration.ZERO;
        int requests = 0;
        boolean warm = false;
        while (!warm && warmed.compareTo(LONGEST_WARM_UP) < 0) {
            Window step = run(load, WARMING_STEP, Math.max(rate, expectedPerSecond));
            double cpu = step.cpuMillisPerRequest(Party.SERVER);
            rate = step.perSecond();
            requests += step.latencies().count();
            warmed = warmed.plus(WARMING_STEP);
            warm = warmed.compareTo(options.warmUp()) >= 0
                    && requests >= options.warmUpRequests
                    && Math.abs(cpu - before) <= STABLE * cpu;
            before = cpu;
        }
        whenWarm.run();
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < options.windows; i++) {
            windows.add(run(load, options.window(), Math.max(rate, expectedPerSecond)));
        }
        return new Measurement(windows);
    }

    private static Window run(Load load, Duration time, double expectedPerSecond) {
        Window window = load.run(time, expectedPerSecond);
        if (window.latencies().count() == 0) {
            throw new IllegalStateException(
                    "no request succeeded: " + window.firstFailure().orElse("none was sent"));
        }
        System.err.printf(
                "  %.0f/s, server CPU %.3f ms%n", window.perSecond(), window.cpuMillisPerRequest(Party.SERVER));
        return window;
    }

    Spread perSecond() {
        return spread(Window::perSecond);
    }

    Spread cpuMillis(Party party) {
        return spread(window -> window.cpuMillisPerRequest(party));
    }

    Spread latencyMillis(double share) {
        return spread(window -> window.latencyMillis(share));
    }

    int failures() {
        return windows.stream().mapToInt(Window::failures).sum();
    }

    Optional<String> firstFailure() {
        return windows.stream()
                .flatMap(window -> window.firstFailure().stream())
                .findFirst();
    }

    private Spread spread(ToDoubleFunction<Window> value) {
        return Spread.of(windows.stream().mapToDouble(value).toArray());
    }
}
