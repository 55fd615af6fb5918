package dev.nameplate.bench;

import dev.nameplate.bench.Window.Party;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code scripts/bench start}: from the start of the process to the first answer of EST, and its memory. */
public final class StartBench {
    private static final int STARTS = 5;
    private static final int ENROLMENTS = 10_000;
    private static final double MEGABYTE = 1024 * 1024;
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration ENROLMENT_TIME = Duration.ofMinutes(3);
    private static final String CACHE = "-XX:AOTCache=";

    private final Options options;
    private final Report report;
    private final Product product;

    private StartBench(Options options, Report report, Product product) {
        this.options = options;
        this.report = report;
        this.product = product;
    }

    public static void main(String[] arguments) {
        System.exit(Options.run(arguments, StartBench::measure));
    }

    private static int measure(Options options) {
        try (Cleanup cleanup = new Cleanup()) {
            Scratch scratch = Scratch.make(cleanup);
            Commands commands = new Commands(options.checkout, scratch);
            Report report = new Report("start", Machine.look(commands));
            Product product = Product.init(commands, scratch, cleanup, Optional.empty());
            return new StartBench(options, report, product).measure();
        }
    }

    private int measure() {
        Child launched = product.serve();
        List<String> command = ProcFs.commandLine(launched.pid());
        Map<String, String> environment = Stream.of(ProcFs.environment(launched.pid(), "SOFTHSM2_CONF"))
                .filter(value -> !value.isEmpty())
                .collect(java.util.stream.Collectors.toMap(_ -> "SOFTHSM2_CONF", value -> value));
        launched.stop();
        addStarts(environment, command);
        int failed = addMemory(environment, command);
        report.publish(options.checkout.resolve("bench-results"));
        return failed == 0 ? 0 : 1;
    }

    private void addStarts(Map<String, String> environment, List<String> command) {
        List<String> plain =
                command.stream().filter(word -> !word.startsWith(CACHE)).toList();
        Spread without = starts(environment, plain);
        report.add(Figure.of("start to first EST answer, no cache", "s", without));
        if (plain.size() == command.size()) {
            report.note("the launcher uses no AOT cache here, so there is no start with one");
            return;
        }
        report.add(Figure.of("start to first EST answer, AOT cache", "s", starts(environment, command))
                .atMost(1.0, "")
                .beside("without the cache", without.median()));
    }

    private Spread starts(Map<String, String> environment, List<String> command) {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            long begin = System.nanoTime();
            Child server = product.serve(environment, command);
            seconds.add((System.nanoTime() - begin) / 1e9);
            server.stop();
        }
        return Spread.of(seconds.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private int addMemory(Map<String, String> environment, List<String> command) {
        Child server = product.serve(environment, command);
        Waiting.pause(SETTLING);
        double idle = ProcFs.residentBytes(server.pid()) / MEGABYTE;
        report.add(Figure.of("resident memory, idle", "MB", Spread.of(idle)));
        EstTarget target = product.target();
        List<KeepAliveClient> clients = EnrollBench.enrol(product.fleet(target), options.connections).stream()
                .map(device -> new KeepAliveClient(target, device))
                .toList();
        try (Load load = new Load(clients, Measurement.meters(server, Optional.empty()))) {
            Window window = load.runExactly(ENROLMENTS, ENROLMENT_TIME);
            window.firstFailure().ifPresent(first -> report.note(window.failures() + " failed, first: " + first));
            report.note(window.latencies().count() + " enrolments in " + window.elapsed()
                    + ", first included; CPU of the server " + window.cpu().get(Party.SERVER));
            double after = ProcFs.residentBytes(server.pid()) / MEGABYTE;
            report.add(Figure.of("resident memory after 10,000 enrolments", "MB", Spread.of(after))
                    .atMost(256, "")
                    .beside("idle", idle));
            return window.failures();
        } finally {
            server.stop();
        }
    }
}
