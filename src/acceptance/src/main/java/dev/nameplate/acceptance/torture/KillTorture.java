package dev.nameplate.acceptance.torture;

import static org.awaitility.Awaitility.await;

import dev.nameplate.acceptance.ProductHome;
import dev.nameplate.acceptance.Program;
import dev.nameplate.acceptance.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.cert.X509CertificateHolder;

/** Kills the server under load, over and over; what a client received must be there afterwards. */
public final class KillTorture {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** The server dies after at most as many certificates for each client, and a moment more. */
    private static final int MOST_CERTIFICATES = 20;

    private static final int LONGEST_MOMENT_MICROS = 50_000;

    private final ProductHome home;
    private final int clients;
    private final Random random;
    private final Consumer<String> out;
    private final Journal journal = new Journal();
    private final List<X509CertificateHolder> all = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    public KillTorture(ProductHome home, int clients, Random random, Consumer<String> out) {
        this.home = home;
        this.clients = clients;
        this.random = random;
        this.out = out;
    }

    /** How it ended: no faults is what must be. */
    public record Outcome(int rounds, int certificates, List<String> faults) {}

    public Outcome run(int rounds) {
        try {
            ServerProcess server = home.serve();
            for (int round = 1; round <= rounds; round++) {
                server = round(round, server);
            }
            try {
                checkAll();
            } finally {
                server.close();
            }
            return new Outcome(rounds, all.size(), List.copyOf(faults));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerProcess round(int number, ServerProcess server) throws IOException {
        journal.turnPage();
        try (Load load = Load.start(home, clients, journal)) {
            killAt(1 + random.nextInt(MOST_CERTIFICATES * clients), server);
            load.stop();
        } finally {
            server.kill();
        }
        ServerProcess next = home.serve();
        List<String> found = new ArrayList<>(journal.complaints());
        String retried = check(found);
        out.accept("round %d: killed after %d certificates, %d requests unanswered; %s; %s"
                .formatted(
                        number,
                        journal.receivedSoFar(),
                        journal.unanswered().size(),
                        retried,
                        found.isEmpty() ? "nothing lost" : String.join("; ", found)));
        all.addAll(journal.received());
        faults.addAll(found);
        return next;
    }

    private void killAt(int certificates, ServerProcess server) {
        await(certificates + " certificates")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> journal.receivedSoFar() >= certificates);
        Executor later =
                CompletableFuture.delayedExecutor(random.nextInt(LONGEST_MOMENT_MICROS), TimeUnit.MICROSECONDS);
        CompletableFuture.runAsync(server::kill, later).join();
    }

    private String check(List<String> found) throws IOException {
        int before = 0;
        int after = 0;
        try (Records records = new Records(home)) {
            found.addAll(records.missing(journal.received()));
            for (Wish wish : journal.unanswered()) {
                Records.Retry retry = records.retry(wish);
                found.addAll(retry.faults());
                all.addAll(retry.received());
                before += retry.before() ? 1 : 0;
                after += retry.before() ? 0 : 1;
            }
            records.faultOfTheTrail().ifPresent(found::add);
        }
        return "of the retried %d had been recorded before the kill, %d were issued now".formatted(before, after);
    }

    /** At the end once more, over all rounds: a later kill takes nothing of an earlier round either. */
    private void checkAll() throws IOException {
        try (Records records = new Records(home)) {
            faults.addAll(records.missing(all));
        }
        Program.Ended verified = home.nameplate("audit", "verify");
        if (verified.exit() != 0) {
            faults.add("nameplate audit verify ended with " + verified.exit() + ": "
                    + verified.err().strip());
        }
    }
}
