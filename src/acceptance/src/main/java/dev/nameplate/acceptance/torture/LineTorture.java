package dev.nameplate.acceptance.torture;

import static org.awaitility.Awaitility.await;

import dev.nameplate.acceptance.ProductHome;
import dev.nameplate.acceptance.Program;
import dev.nameplate.acceptance.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of stations makes units while replies are lost, calls are made twice, power is cut on the line, and the server is killed.
 * At the end every good unit has one valid certificate, the quota is exact, all sides count the same, and the closing record stands.
 */
public final class LineTorture {
    private static final String BATCH = "WO-torture";
    private static final Duration PATIENCE = Duration.ofMinutes(60);

    private final ProductHome home;
    private final Random random;
    private final Consumer<String> out;
    private final Work work;
    private final List<String> faults = new ArrayList<>();

    /** How much there is to do. */
    public record Size(int stations, int units, int kills) {}

    /** How it ended: no faults is what must be. */
    public record Outcome(int units, int verified, int scrapped, List<String> faults) {}

    private final Size size;

    public LineTorture(ProductHome home, Size size, Random random, Consumer<String> out) {
        this.home = home;
        this.size = size;
        this.random = random;
        this.out = out;
        this.work = new Work(BATCH, size.units());
    }

    public Outcome run() {
        ServerProcess server = home.serve();
        try {
            List<Path> identities = prepare();
            server = make(identities, server);
            check();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            server.close();
        }
        return new Outcome(size.units(), work.verified(), work.scrapped(), List.copyOf(faults));
    }

    private List<Path> prepare() {
        List<Path> identities = new ArrayList<>();
        List<String> create = new ArrayList<>(List.of(
                "batch", "create", BATCH, "--product", "Torture", "--profile", "ldevid", "--quota", "" + size.units()));
        for (int i = 1; i <= size.stations(); i++) {
            String name = "line-" + i;
            JsonNode added = JsonMapper.shared()
                    .readTree(home.nameplate("station", "add", name, "--site", "Plant 2", "--json")
                            .requireDone()
                            .out());
            home.nameplate(
                            "station",
                            "enrol",
                            name,
                            "--code",
                            added.path("code").asString())
                    .requireDone();
            identities.add(home.path().resolve("operators").resolve(name + ".pem"));
            create.addAll(List.of("--station", name));
        }
        home.nameplate(create.toArray(String[]::new)).requireDone();
        return identities;
    }

    private ServerProcess make(List<Path> identities, ServerProcess first) {
        ServerProcess server = first;
        boolean working = false;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<?>> stations = new ArrayList<>();
            for (Path identity : identities) {
                var station = new LineStation(home, identity, work, new Random(random.nextLong()));
                stations.add(threads.submit(station::run));
            }
            for (int kill = 1; kill <= size.kills(); kill++) {
                int at = size.units() * kill / (size.kills() + 1);
                await("unit " + at).atMost(PATIENCE).until(() -> work.begun() >= at || failed(stations));
                requireWorking(stations);
                server.kill();
                server = home.serve();
                out.accept("killed the server at unit " + work.begun());
            }
            for (Future<?> station : stations) {
                station.get();
            }
            working = true;
        } catch (ExecutionException e) {
            throw new AssertionError("a station failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(threads, working);
        }
        return server;
    }

    /** Stations insist on an answer for ever, so they are told when there will be none. */
    private static void end(ExecutorService threads, boolean working) {
        if (!working) {
            threads.shutdownNow();
        }
        threads.close();
    }

    private static void requireWorking(List<Future<?>> stations) {
        for (Future<?> station : stations) {
            if (station.state() == Future.State.FAILED) {
                throw new AssertionError("a station failed: " + station.exceptionNow(), station.exceptionNow());
            }
        }
    }

    private static boolean failed(List<Future<?>> stations) {
        return stations.stream().anyMatch(station -> station.isDone() && station.state() == Future.State.FAILED);
    }

    private void check() throws IOException {
        faults.addAll(work.faults());
        try (LineRecords records = new LineRecords(home, BATCH)) {
            faults.addAll(records.faults(work, size.units()));
        }
        Path record = home.scratch().resolve("closing.pem");
        Path units = home.scratch().resolve("units.ndjson");
        Path content = home.scratch().resolve("closing.json");
        done(home.nameplate("batch", "close", BATCH, "--out", record.toString()));
        done(home.nameplate("batch", "export", BATCH, "--out", units.toString()));
        done(home.nameplate("audit", "verify", "--file", record.toString(), "--units", units.toString()));
        done(home.nameplate("audit", "verify"));
        done(new Program(home.scratch(), Map.of())
                .run(
                        "openssl",
                        "cms",
                        "-verify",
                        "-inform",
                        "PEM",
                        "-in",
                        record.toString(),
                        "-CAfile",
                        home.trust().toString(),
                        "-purpose",
                        "any",
                        "-out",
                        content.toString()));
        JsonNode closing = JsonMapper.shared().readTree(content.toFile());
        requireSame(
                "closed units", work.verified(), closing.at("/outcomes/closed").asInt(0));
        requireSame(
                "scrapped units",
                work.scrapped(),
                closing.at("/outcomes/scrapped").asInt(0));
        requireSame("used quota", size.units(), closing.path("used").asInt(0));
    }

    private void done(Program.Ended ended) {
        if (ended.exit() != 0) {
            faults.add(String.join(" ", ended.command()) + " ended with " + ended.exit() + ": "
                    + ended.err().strip());
        }
    }

    private void requireSame(String what, int expected, int found) {
        if (expected != found) {
            faults.add(what + ": the stations know of " + expected + ", the closing record of " + found);
        }
    }
}
