package dev.nameplate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** {@code scripts/bench crl}: how long a large CRL takes and how much memory, and how soon a revocation is on one. */
public final class CrlBench {
    private static final int TIMES = 3;
    private static final int MOST_REVOCATIONS = 60;
    private static final int LEAST_REVOCATIONS = 3;
    private static final int MOST_EMBEDDED = 2_000_000;
    private static final double MEGABYTE = 1024 * 1024;
    private static final double NANOS = 1e9;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Pattern PUBLISHED =
            Pattern.compile("CRL devices/g1 number (\\d+) with (\\d+) entries was published in (\\d+) ms");
    private static final Pattern SHARD = Pattern.compile("CRL devices/g1-(\\d+) number");
    /** As it stands in the profiles of devices, on a line of its own; the first of them is the one that is enrolled with. */
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
                String sharded = LOCATION + "      crl-shards: " + shards + "\n";
                product.changeSettings(
                        text -> text.replaceFirst(Pattern.quote(LOCATION), Matcher.quoteReplacement(sharded)));
            }
            String what = database.name() + ", " + entries / 1_000_000.0 + " M revoked";
            System.err.println(what + ", shards: " + shards);
            Revoked.fill(product.home(), postgres, entries, shards);
            Child server = product.serve();
            try {
                awaitPublished(server, 0, entries);
                awaitAll(server, shards);
                if (shards == options.shards.getFirst()) {
                    addWhole(what, product, server, entries);
                }
                addLag(what, shards, product, server);
            } finally {
                server.stop();
            }
            postgres.ifPresent(Postgres::drop);
        }
    }

    private void addWhole(String what, Product product, Child server, int entries) {
        double idle = HeapWatch.idleBytes(commands, server.pid()) / MEGABYTE;
        List<Double> seconds = new ArrayList<>();
        double most = 0;
        try (HeapWatch watch = HeapWatch.begin(server.pid())) {
            for (int time = 0; time < times(entries); time++) {
                seconds.add(publish(product, server, entries));
            }
            most = watch.mostBytes() / MEGABYTE;
        }
        Path crl = product.home().resolve("public/crl/devices/g1.crl");
        double goal = 3.0 * entries / 1_000_000;
        report.add(Figure.of("CRL, " + what, "s", Spread.of(array(seconds)))
                .atMost(goal, "database read included")
                .beside("openssl crl, parsing it", seconds(times(entries), () -> parse(crl))));
        report.add(Figure.of(
                "openssl crl -verify of it, " + what, "s", Spread.of(seconds(1, () -> verify(crl, product)))));
        report.add(Figure.of("most heap meanwhile, " + what, "MB", Spread.of(most))
                .atMost(idle + 64, "64 MB more than idle")
                .beside("idle, after a collection", idle));
        report.add(Figure.of("size, " + what, "MB", Spread.of(size(crl) / MEGABYTE)));
    }

    /** As the server's log tells: from looking at what is revoked until everyone can fetch it. */
    private double publish(Product product, Child server, int entries) {
        long before = published(server).map(Publication::number).orElse(0L);
        long number = before;
        while (number <= before) {
            number = published(product, before);
        }
        return awaitPublished(server, before, entries).seconds();
    }

    /** The number of the one that was published; that of the one before, if that was in work still. */
    private long published(Product product, long before) {
        try {
            String said = product.command("crl", "publish", "devices/g1");
            return Long.parseLong(said.strip().replaceFirst("(?s).* number ", ""));
        } catch (IllegalStateException takesLonger) {
            report.note("crl publish did not wait until it was published");
            return before + 1;
        }
    }

    private void addLag(String what, int shards, Product product, Child server) {
        double[] lags = lags(product);
        double median = lags[lags.length / 2];
        double p99 = lags[(int) Math.ceil(lags.length * 0.99) - 1];
        Figure figure = Figure.of(
                        "revoked to published, p99, " + what + ", " + shards + (shards == 1 ? " CRL" : " shards"),
                        "s",
                        new Spread(p99, lags[0], lags[lags.length - 1]))
                .beside("median of " + lags.length, median);
        report.add(shards == 1 ? figure : figure.atMost(2.0, "shard published"));
        server.requireAlive();
    }

    /** Revokes one after the other, and looks at the CRL that would list it until it does. Sorted. */
    private double[] lags(Product product) {
        List<Double> lags = new ArrayList<>();
        try (Operator operator = new Operator(product)) {
            List<Fleet.Device> devices = product.fleet(product.target()).enrol(MOST_REVOCATIONS);
            long end =
                    System.nanoTime() + Duration.ofSeconds(options.lagSeconds).toNanos();
            for (Fleet.Device device : devices) {
                if (System.nanoTime() < end || lags.size() < LEAST_REVOCATIONS) {
                    var certificate = device.identity().certificate();
                    CrlWatch watch = CrlWatch.of(certificate, product.home());
                    operator.revoke(certificate.getSerialNumber().toString(16));
                    long accepted = System.nanoTime();
                    watch.awaitNext(PATIENCE);
                    lags.add((System.nanoTime() - accepted) / NANOS);
                    Waiting.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(300)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lags.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** Each shard was published once, so that whatever is published next has something new on it. */
    private static void awaitAll(Child server, int shards) {
        long begin = System.nanoTime();
        while (SHARD.matcher(log(server))
                                .results()
                                .map(found -> found.group(1))
                                .distinct()
                                .count()
                        < shards
                && shards > 1) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException("not every shard was published within " + PATIENCE);
            }
            server.requireAlive();
            Waiting.pause(Duration.ofMillis(200));
        }
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
        Matcher found = PUBLISHED.matcher(log(server));
        Optional<Publication> newest = Optional.empty();
        while (found.find()) {
            newest = Optional.of(new Publication(
                    Long.parseLong(found.group(1)),
                    Long.parseLong(found.group(2)),
                    Long.parseLong(found.group(3)) / 1000.0));
        }
        return newest;
    }

    private static String log(Child server) {
        try {
            return Files.readString(server.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void parse(Path crl) {
        commands.run("openssl", "crl", "-inform", "DER", "-in", crl.toString(), "-noout");
    }

    /** openssl says on its error output, and nowhere else, what it found. */
    private void verify(Path crl, Product product) {
        Path issuer = scratch.path("issuer.pem");
        String door = "http://127.0.0.1:" + product.publicDoor().getPort() + "/ca/devices.cer";
        commands.run("sh", "-ec", "curl -sf " + door + " | openssl x509 -inform DER -out " + issuer);
        String verify = "openssl crl -verify -noout -inform DER -in " + crl + " -CAfile " + issuer;
        String said = commands.run("sh", "-c", verify + " 2>&1");
        if (!said.contains("verify OK")) {
            throw new IllegalStateException("openssl crl -verify does not accept the CRL: " + said);
        }
    }

    /** One takes long where there are many. */
    private static int times(int entries) {
        return entries > MOST_EMBEDDED ? 1 : TIMES;
    }

    private static double seconds(int times, Runnable work) {
        return IntStream.range(0, times)
                .mapToDouble(_ -> {
                    long begin = System.nanoTime();
                    work.run();
                    return (System.nanoTime() - begin) / NANOS;
                })
                .sorted()
                .skip(times / 2)
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
