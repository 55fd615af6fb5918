package dev.nameplate.bench;

import dev.nameplate.bench.Window.Party;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** {@code scripts/bench enroll}: re-enrolments with a full mutual handshake each, and on connections kept alive. */
public final class EnrollBench {
    private static final int DEVICES_PER_CLIENT = 4;
    private static final double HANDSHAKES_EXPECTED = 1_200;
    private static final double KEPT_ALIVE_EXPECTED = 3_000;

    private final Options options;
    private final Commands commands;
    private final Scratch scratch;
    private final Cleanup cleanup;
    private final Report report;
    private int failures;

    private EnrollBench(Options options, Commands commands, Scratch scratch, Cleanup cleanup) {
        this.options = options;
        this.commands = commands;
        this.scratch = scratch;
        this.cleanup = cleanup;
        this.report = new Report("enroll", Machine.look(commands));
    }

    public static void main(String[] arguments) {
        System.exit(Options.run(arguments, EnrollBench::measure));
    }

    private static int measure(Options options) {
        try (Cleanup cleanup = new Cleanup()) {
            Scratch scratch = Scratch.make(cleanup);
            return new EnrollBench(options, new Commands(options.checkout, scratch), scratch, cleanup).measure();
        }
    }

    private int measure() {
        System.err.println("references");
        References references = References.measure(commands, scratch, cleanup, options);
        references.addTo(report);
        for (Database database : Database.of(options, commands, scratch, cleanup, report)) {
            measure(database, references);
        }
        report.publish(results());
        return failures == 0 ? 0 : 1;
    }

    private void measure(Database database, References references) {
        Product product = Product.init(commands, scratch, cleanup, database.postgres());
        Child server = product.serve();
        EstTarget target = product.target();
        Fleet fleet = product.fleet(target);
        System.err.println(database.name() + ", a handshake for each request");
        var handshakes = run(database, server, handshakeClients(target, fleet), HANDSHAKES_EXPECTED, "handshakes");
        addHandshakes(database, handshakes, references);
        System.err.println(database.name() + ", connections kept alive");
        var keptAlive = run(database, server, keepAliveClients(target, fleet), KEPT_ALIVE_EXPECTED, "kept-alive");
        addKeptAlive(database, keptAlive, references);
        server.stop();
    }

    private Measurement run(
            Database database, Child server, List<? extends Client> clients, double expected, String profile) {
        Profiler profiler = new Profiler(commands, scratch);
        try (Load load = new Load(clients, Measurement.meters(server, database.postgres()))) {
            Measurement measured = Measurement.of(load, options, expected, () -> {
                if (options.profile) {
                    profiler.begin(server);
                }
            });
            if (options.profile) {
                profiler.end(server, results(), "enroll-" + database.name() + "-" + profile);
            }
            failures += measured.failures();
            measured.firstFailure()
                    .ifPresent(first ->
                            report.note(database.name() + ": " + measured.failures() + " failed, first: " + first));
            return measured;
        }
    }

    private List<HandshakeClient> handshakeClients(EstTarget target, Fleet fleet) {
        return IntStream.range(0, options.clients)
                .mapToObj(_ -> new HandshakeClient(target, enrol(fleet, DEVICES_PER_CLIENT)))
                .toList();
    }

    private List<KeepAliveClient> keepAliveClients(EstTarget target, Fleet fleet) {
        return enrol(fleet, options.connections).stream()
                .map(device -> new KeepAliveClient(target, device))
                .toList();
    }

    static List<Fleet.Device> enrol(Fleet fleet, int count) {
        try {
            return fleet.enrol(count);
        } catch (IOException e) {
            throw new UncheckedIOException("a device of the manufacturer could not enrol: " + e.getMessage(), e);
        }
    }

    private void addHandshakes(Database database, Measurement measured, References references) {
        String what = database.name() + ", handshake each: ";
        double nginx = references.handshakeCpuMillis().median();
        report.add(Figure.of(what + "server CPU", "ms", measured.cpuMillis(Party.SERVER))
                .atMost(1.5 * nginx, "1.5 x nginx' handshake")
                .beside("nginx, handshake alone", nginx));
        report.add(Figure.of(what + "server CPU", "ms", measured.cpuMillis(Party.SERVER))
                .beside("floor by openssl speed", references.openssl().enrolmentMicros() / 1000));
        report.add(Figure.of(what + "rate", "/s", measured.perSecond())
                .atLeast(900, "on 2 cores")
                .beside("nginx, handshakes", references.handshakesPerSecond().median()));
        report.add(Figure.of(what + "rate", "/s", measured.perSecond())
                .beside(
                        "nginx, by this client",
                        references.handshakesPerSecondByThisClient().median()));
        addRest(what, database, measured);
    }

    private void addKeptAlive(Database database, Measurement measured, References references) {
        String what = database.name() + ", kept alive: ";
        report.add(Figure.of(what + "server CPU", "ms", measured.cpuMillis(Party.SERVER))
                .atMost(0.45, "the peer: about 1.2")
                .beside("floor by openssl speed", references.openssl().keptAliveMicros() / 1000));
        report.add(Figure.of(what + "server CPU", "ms", measured.cpuMillis(Party.SERVER))
                .beside("token signature", references.signatureCpuMillis().median()));
        report.add(Figure.of(what + "rate", "/s", measured.perSecond())
                .atLeast(3_000, "on 2 cores")
                .beside("token signatures", references.signaturesPerSecond().median()));
        addRest(what, database, measured);
    }

    private void addRest(String what, Database database, Measurement measured) {
        report.add(Figure.of(what + "p50", "ms", measured.latencyMillis(0.50)));
        report.add(Figure.of(what + "p99", "ms", measured.latencyMillis(0.99)));
        report.add(Figure.of(what + "client CPU", "ms", measured.cpuMillis(Party.CLIENT)));
        if (database.postgres().isPresent()) {
            report.add(Figure.of(what + "database CPU", "ms", measured.cpuMillis(Party.DATABASE)));
        }
    }

    private Path results() {
        return options.checkout.resolve("bench-results");
    }
}
