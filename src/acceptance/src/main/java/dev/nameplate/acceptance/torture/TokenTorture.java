package dev.nameplate.acceptance.torture;

import static org.awaitility.Awaitility.await;

import dev.nameplate.acceptance.Answer;
import dev.nameplate.acceptance.EstDoor;
import dev.nameplate.acceptance.OperatorApi;
import dev.nameplate.acceptance.ProductHome;
import dev.nameplate.acceptance.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Takes the token away under load and gives it back; the process goes on by itself. */
public final class TokenTorture {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int ENOUGH = 20;

    private final ProductHome home;
    private final int clients;
    private final Consumer<String> out;
    private final Journal journal = new Journal();
    private final List<String> faults = new ArrayList<>();

    public TokenTorture(ProductHome home, int clients, Consumer<String> out) {
        this.home = home;
        this.clients = clients;
        this.out = out;
    }

    /** How it ended: no faults is what must be. */
    public record Outcome(int rounds, int certificates, int turnedAway, List<String> faults) {}

    public Outcome run(int rounds) {
        int certificates = 0;
        int turnedAway = 0;
        try (ServerProcess server = home.serve();
                Records records = new Records(home)) {
            for (int round = 1; round <= rounds; round++) {
                round(round, server);
                certificates += journal.receivedSoFar();
                turnedAway += journal.turnedAway().size();
                faults.addAll(records.missing(journal.received()));
            }
            return new Outcome(rounds, certificates, turnedAway, List.copyOf(faults));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void round(int number, ServerProcess server) throws IOException {
        journal.turnPage();
        try (Load load = Load.start(home, clients, journal)) {
            awaitReceived(ENOUGH);
            home.token().takeAway();
            String reason = duringTheLoss();
            int then = journal.receivedSoFar();
            long start = System.nanoTime();
            home.token().giveBack();
            awaitReceived(then + ENOUGH);
            Duration recovery = Duration.ofNanos(System.nanoTime() - start);
            load.stop();
            report(number, server, recovery, reason);
        }
    }

    private String duringTheLoss() throws IOException {
        await("503 while the token is away")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> journal.turnedAway().size() >= ENOUGH);
        try (EstDoor door = EstDoor.of(home);
                OperatorApi api = home.operatorApi()) {
            check(door.caCerts().status() == 200, "cacerts is not served while the token is away");
            await("readiness says so")
                    .atMost(PATIENCE)
                    .pollInterval(POLL)
                    .until(() -> api.readiness().status() == 503);
            String reason = api.readiness().text();
            check(reason.contains("token"), "readiness does not name the token: " + reason);
            return reason;
        }
    }

    private void report(int number, ServerProcess server, Duration recovery, String reason) {
        check(server.isAlive(), "the server process ended");
        check(journal.unanswered().isEmpty(), journal.unanswered().size() + " requests were not answered");
        faults.addAll(journal.complaints());
        List<Answer> nameless = journal.turnedAway().stream()
                .filter(answer -> !answer.header("Retry-After").orElse("").matches("[0-9]{1,10}"))
                .toList();
        check(nameless.isEmpty(), nameless.size() + " answers of 503 had no Retry-After in seconds");
        out.accept(
                "round %d: process %d, %d certificates received, %d times 503, %d certificates %d ms after the return; %s"
                        .formatted(
                                number,
                                server.pid(),
                                journal.receivedSoFar(),
                                journal.turnedAway().size(),
                                ENOUGH,
                                recovery.toMillis(),
                                faults.isEmpty() ? "meanwhile readiness: " + reason : String.join("; ", faults)));
    }

    private void awaitReceived(int certificates) {
        await(certificates + " certificates")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> journal.receivedSoFar() >= certificates);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
