package dev.nameplate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** {@code scripts/bench crl}: how long a large CRL takes and how much memory, and how soon a revocation is on one. */
public final class CrlBench {
    private static final int TIMES = 3;
    private static final int REVOCATIONS = 60;
    private static final int MOST_EMBEDDED = 2_000_000;
    private static final double MEGABYTE = 1024 * 1024;
    private static final double NANOS = 1e9;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Pattern PUBLISHED =
            Pattern.compile("CRL devices/g1 number (\\d+) with (\\d+) entries was published in (\\d+) ms");
    /** As it stands in the profiles of devices, on a line of its own. */
    private static final String LOCATION = "      crl-urls: [\"${public}/crl/${issuer}/${shard}.crl\"]\n";

    private final Options options;
    private final Report report;
    private final Commands commands;
    private final Scratch scratch;
    private final Cleanup cleanup;

    private CrlBench(Options options, Report report, Commands commands, Scratch scratch, Cleanup cleanup) {
        this.options = options;
        this.report = report;
        this.commands = commands;
        this.scratch = scratch;
        this.cleanup = cleanup;
    }

    public static void main(String[] arguments) {
        System.exit(Options.run(arguments, CrlBench::measure));
    }

    private static int measure(Options options) {
        try (Cleanup cleanup = new Cleanup()) {
            Scratch scratch = Scratch.make(cleanup);
            Commands commands = new Commands(options.checkout, scratch);
            Report report = new Report("crl", Machine.look(commands));
            CrlBench bench = new CrlBench(options, report, commands, scratch, cleanup);
            List<Database> databases = Database.of(options, commands, scratch, cleanup, report);
            for (int entries : options.entries) {
                databases.stream()
                        .filter(database -> database.postgres().isPresent() || entries <= MOST_EMBEDDED)
                        .forEach(database -> bench.measure(database, entries));
            }
            report.publish(options.checkout.resolve("bench-results"));
            return 0;
        }
    }

    private void measure(Database database, int entries) {
        for (int shards : options.shards) {
            String name = "crl_" + database.name().toLowerCase(Locale.ROOT) + "_" + entries + "_" + shards;
            Optional<Postgres> postgres = database.postgres().map(server -> server.empty(name));
            Product product = Product.init(commands, scratch, cleanup, postgres, name);
            if (shards > 1) {
                product.changeSettings(text -> text.replace(LOCATION, LOCATION + "      crl-shards: " + shards + "\n"));
            }
            Revoked.fill(product.home(), postgres, entries, shards);
            Child server = product.serve();
            try {
                awaitPublished(server, 0, entries);
                String what = database.name() + ", " + entries / 1_000_000.0 + " M revoked";
                if (shards == options.shards.getFirst()) {
                    addWhole(what, product, server, entries);
                }
                addLag(what + ", " + shards + (shards == 1 ? " CRL" : " shards"), product);
            } finally {
                server.stop();
            }
        }
    }

    private void addWhole(String what, Product product, Child server, int entries) {
        double idle = HeapWatch.idleBytes(commands, server.pid()) / MEGABYTE;
        List<Double> seconds = new ArrayList<>();
        double most = 0;
        try (HeapWatch watch = HeapWatch.begin(commands, server.pid())) {
            for (int time = 0; time < TIMES; time++) {
                seconds.add(publish(product, server, entries));
            }
            most = watch.mostBytes() / MEGABYTE;
        }
        Path crl = product.home().resolve("public/crl/devices/g1.crl");
        double goal = 3.0 * entries / 1_000_000;
        report.add(Figure.of("CRL, " + what, "s", Spread.of(array(seconds)))
                .atMost(goal, "database read included")
                .beside("openssl crl, parsing it", parsing(crl)));
        report.add(Figure.of("most heap meanwhile, " + what, "MB", Spread.of(most))
                .atMost(idle + 64, "64 MB more than idle")
                .beside("idle, after a collection", idle));
        report.add(Figure.of("size, " + what, "MB", Spread.of(size(crl) / MEGABYTE)));
    }

    /** As the server's log tells: from looking at what is revoked until everyone can fetch it. */
    private double publish(Product product, Child server, int entries) {
        long before = published(server).map(Publication::number).orElse(0L);
        try {
            product.command("crl", "publish", "devices/g1");
        } catch (IllegalStateException takesLonger) {
            report.note("crl publish did not wait until it was published");
        }
        return awaitPublished(server, before, entries).seconds();
    }

    /** Revokes one after the other, and fetches the CRL that would list it until it does. */
    private void addLag(String what, Product product) {
        double[] lags = new double[REVOCATIONS];
        try (OperatorCalls operator = OperatorCalls.open(product.operatorAddress(), product.home())) {
            Fleet fleet = product.fleet(product.target());
            List<Fleet.Device> devices = fleet.enrol(REVOCATIONS);
            for (int i = 0; i < REVOCATIONS; i++) {
                var certificate = devices.get(i).identity().certificate();
                CrlWatch watch = CrlWatch.of(certificate, product.home());
                operator.revoke(certificate.getSerialNumber());
                long accepted = System.nanoTime();
                watch.awaitNext(PATIENCE);
                lags[i] = (System.nanoTime() - accepted) / NANOS;
                Waiting.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(300)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Arrays.sort(lags);
        double median = lags[lags.length / 2];
        double p99 = lags[(int) Math.ceil(lags.length * 0.99) - 1];
        report.add(Figure.of("revoked to published, p99, " + what, "s", new Spread(p99, lags[0], lags[lags.length - 1]))
                .atMost(2.0, "shard published")
                .beside("median", median));
    }

    private record Publication(long number, long entries, double seconds) {}

    private static Publication awaitPublished(Child server, long before, int entries) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE.toNanos()) {
            Optional<Publication> newest = published(server);
            if (newest.filter(one -> one.number() > before && one.entries() >= entries)
                    .isPresent()) {
                return newest.get();
            }
            server.requireAlive();
            Waiting.pause(STEP);
        }
        throw new IllegalStateException("no CRL was published within " + PATIENCE + "\n" + server.lastLines());
    }

    private static Optional<Publication> published(Child server) {
        try {
            Matcher found = PUBLISHED.matcher(Files.readString(server.log()));
            Optional<Publication> newest = Optional.empty();
            while (found.find()) {
                newest = Optional.of(new Publication(
                        Long.parseLong(found.group(1)),
                        Long.parseLong(found.group(2)),
                        Long.parseLong(found.group(3)) / 1000.0));
            }
            return newest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double parsing(Path crl) {
        return IntStream.range(0, TIMES)
                .mapToDouble(_ -> {
                    long begin = System.nanoTime();
                    commands.run(
                            Map.of(), List.of("openssl", "crl", "-inform", "DER", "-in", crl.toString(), "-noout"));
                    return (System.nanoTime() - begin) / NANOS;
                })
                .sorted()
                .skip(TIMES / 2)
                .findFirst()
                .orElseThrow();
    }

    private static double size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
