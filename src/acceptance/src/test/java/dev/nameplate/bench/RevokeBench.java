package dev.nameplate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code scripts/bench revoke}: a bulk revocation of a lot, and certificates one by one, before it and while it runs. */
public final class RevokeBench {
    private static final int LOT = 100_000;
    private static final int SINGLES = 1_000;
    private static final int SINGLES_BESIDE = 200;
    private static final int WARM_UP = 500;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Commands commands;
    private final Scratch scratch;
    private final Cleanup cleanup;
    private final Report report;

    private RevokeBench(Commands commands, Scratch scratch, Cleanup cleanup) {
        this.commands = commands;
        this.scratch = scratch;
        this.cleanup = cleanup;
        this.report = new Report("revoke", Machine.look(commands));
    }

    public static void main(String[] arguments) {
        System.exit(Options.run(arguments, RevokeBench::measure));
    }

    private static int measure(Options options) {
        try (Cleanup cleanup = new Cleanup()) {
            Scratch scratch = Scratch.make(cleanup);
            var bench = new RevokeBench(new Commands(options.checkout, scratch), scratch, cleanup);
            for (Database database : Database.of(options, bench.commands, scratch, cleanup, bench.report)) {
                bench.measure(database);
            }
            bench.report.publish(options.checkout.resolve("bench-results"));
            return 0;
        }
    }

    private void measure(Database database) {
        Product product = Product.init(commands, scratch, cleanup, database.postgres());
        product.changeSettings(settings -> settings.replace("per-second: 5000", "per-second: 100000")
                .replace("approval-above: 1000", "approval-above: 1000000"));
        Child first = product.serve();
        EnrollBench.enrol(product.fleet(product.target()), 1);
        first.stop();
        System.err.println(database.name() + ", writing a lot of " + LOT);
        Lot.write(product.home(), database.postgres(), LOT + WARM_UP + SINGLES + SINGLES_BESIDE);
        Child server = product.serve();
        try (Operator operator = new Operator(product)) {
            measure(database.name() + ": ", product, operator);
        } finally {
            server.stop();
        }
    }

    private void measure(String on, Product product, Operator operator) {
        Iterator<String> serials = serials(operator, WARM_UP + SINGLES + SINGLES_BESIDE);
        singles(operator, serials, WARM_UP);
        long begin = System.nanoTime();
        Latencies single = singles(operator, serials, SINGLES);
        double singlesPerSecond = SINGLES / seconds(begin);
        List<String> besides = new ArrayList<>();
        serials.forEachRemaining(besides::add);

        begin = System.nanoTime();
        JsonNode plan = plan(product);
        double planning = seconds(begin);
        long certificates = plan.path("certificates").asLong();
        begin = System.nanoTime();
        operator.post(
                path(plan) + "/application",
                "{\"ca\":\"" + plan.path("ca").asString() + "\",\"digest\":\""
                        + plan.path("digest").asString() + "\"}");
        Latencies beside = singles(operator, besides.iterator(), besides.size());
        await(operator, plan);
        double applying = seconds(begin);
        report.note(on + certificates + " certificates in the plan; rate limit lifted for this run");
        report.add(Figure.of(on + "one by one, one connection", "/s", Spread.of(singlesPerSecond)));
        report.add(Figure.of(on + "one by one, p50", "ms", Spread.of(millis(single, 0.5))));
        report.add(Figure.of(on + "one by one, p99", "ms", Spread.of(millis(single, 0.99)))
                .atMost(50, ""));
        report.add(Figure.of(on + "plan of 100,000", "s", Spread.of(planning)));
        report.add(Figure.of(on + "bulk of 100,000, applied and durable", "s", Spread.of(applying))
                .atMost(60, ""));
        report.add(Figure.of(on + "bulk", "/s", Spread.of(certificates / applying))
                .beside("one by one", singlesPerSecond));
        report.add(Figure.of(on + "one by one while the bulk runs, p99", "ms", Spread.of(millis(beside, 0.99)))
                .beside("alone", millis(single, 0.99)));
    }

    private JsonNode plan(Product product) {
        Path file = scratch.path("plan-" + System.nanoTime());
        commands.run(
                Map.of(),
                List.of(
                        commands.checkout().resolve("scripts/nameplate").toString(),
                        "--home",
                        product.home().toString(),
                        "revoke",
                        "plan",
                        "--profile",
                        "ldevid",
                        "--reason",
                        "key-compromise",
                        "--final",
                        "--out",
                        file.toString()));
        return head(file);
    }

    private static JsonNode head(Path plan) {
        try {
            List<String> lines = Files.readAllLines(plan);
            var json = JsonMapper.shared();
            var head = (ObjectNode) json.readTree(lines.getFirst());
            return head.put(
                    "digest", json.readTree(lines.getLast()).path("sha256").asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Latencies singles(Operator operator, Iterator<String> serials, int count) {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            operator.revoke(serials.next());
            nanos[i] = System.nanoTime() - begin;
        }
        return Latencies.of(nanos);
    }

    private static Iterator<String> serials(Operator operator, int count) {
        List<String> serials = new ArrayList<>();
        String after = "";
        while (serials.size() < count) {
            JsonNode page = operator.get("/api/v1/certificates?limit=1000&profile=ldevid" + after);
            page.path("items").forEach(item -> serials.add(item.path("serial").asString()));
            after = "&after=" + page.path("next").asString();
        }
        return List.copyOf(serials.subList(0, count)).iterator();
    }

    private static void await(Operator operator, JsonNode plan) {
        while (!operator.get(path(plan)).path("state").asString().equals("done")) {
            Waiting.pause(LOOK);
        }
    }

    private static String path(JsonNode plan) {
        return "/api/v1/revocation-plans/" + plan.path("plan").asString();
    }

    private static double seconds(long beginNanos) {
        return (System.nanoTime() - beginNanos) / 1e9;
    }

    private static double millis(Latencies latencies, double share) {
        return latencies.percentile(share).toNanos() / 1e6;
    }
}
