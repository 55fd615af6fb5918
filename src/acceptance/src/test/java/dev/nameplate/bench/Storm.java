package dev.nameplate.bench;

import dev.nameplate.est.RetryAfter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A whole fleet re-enrols at once: each device over a connection and a mutual handshake of its own, with a new key, and again when
 * Retry-After says so, until it has its certificate.
 */
public final class Storm {
    private static final int ANSWER_BYTES = 32 * 1024;
    private static final int MOST_STRANGE = 20;
    private static final int LONGEST_WAIT_SECONDS = 86_400;
    private static final Duration LOOK = Duration.ofMillis(500);

    private final StormSite site;
    private final EstTarget target;
    private final DelayQueue<Due> due = new DelayQueue<>();
    private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Queue<String> strange = new ConcurrentLinkedQueue<>();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicLong resident = new AtomicLong();

    /** A device and when it tries. */
    private record Due(StormDevice device, long at) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return other instanceof Due due ? Long.compare(at, due.at) : 0;
        }
    }

    public Storm(StormSite site) {
        this.site = site;
        this.target = new EstTarget(site.door(), new ClientTls());
    }

    /**
     * @param connections at once: the others of the crowd have not got that far
     * @param patience after which whoever has no certificate has none
     */
    public StormOutcome run(int devices, int nearlyExpired, int connections, Duration patience) {
        List<StormDevice> fleet = fleet(devices, nearlyExpired);
        try (StormSite.Running server = site.serve()) {
            long begun = System.nanoTime();
            over(fleet, connections, patience, server.pid());
            return outcome(fleet, (System.nanoTime() - begun) / 1e9);
        }
    }

    private List<StormDevice> fleet(int devices, int nearlyExpired) {
        Path key = site.home().resolveSibling("storm-seed.key");
        Path certificate = site.home().resolveSibling("storm-seed.pem");
        try (StormSite.Running _ = site.serve()) {
            site.run("device", "register", "seed");
            String code = site.run("code", "create", "seed", "--json")
                    .replaceFirst("(?s).*\"code\"\\s*:\\s*\"([^\"]+)\".*", "$1");
            site.run(
                    "est",
                    "enroll",
                    "--user",
                    "seed",
                    "--code",
                    code,
                    "--key",
                    key.toString(),
                    "--out",
                    certificate.toString());
        }
        return new StormFleet(site, target).make(devices, nearlyExpired);
    }

    private void over(List<StormDevice> fleet, int connections, Duration patience, long pid) {
        CountDownLatch left = new CountDownLatch(fleet.size());
        long now = System.nanoTime();
        fleet.forEach(device ->
                due.add(new Due(device, now + ThreadLocalRandom.current().nextLong(1_000_000_000))));
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                workers.execute(() -> work(left));
            }
            long end = now + patience.toNanos();
            while (!left.await(LOOK.toMillis(), TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
                resident.accumulateAndGet(ProcFs.residentBytes(pid), Math::max);
            }
            workers.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(CountDownLatch left) {
        var buffers = new TlsConnection.Buffers();
        byte[] answer = new byte[ANSWER_BYTES];
        try {
            while (left.getCount() > 0) {
                Due next = due.take();
                Optional<Duration> again = attempt(next.device(), buffers, answer);
                if (again.isPresent()) {
                    due.add(new Due(
                            next.device(), System.nanoTime() + again.get().toNanos()));
                } else {
                    left.countDown();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return when to try again; nothing once it has its certificate */
    private Optional<Duration> attempt(StormDevice device, TlsConnection.Buffers buffers, byte[] buffer) {
        device.tries();
        try (TlsConnection connection =
                TlsConnection.open(target.address(), target.tls(), device.identity(), buffers)) {
            connection.write(device.request());
            HttpAnswer answer = HttpAnswer.read(connection, buffer);
            answers.computeIfAbsent(answer.status(), _ -> new AtomicInteger()).incrementAndGet();
            return answer.status() == 200 ? received(device, answer) : sentAway(device, answer);
        } catch (IOException e) {
            broken.incrementAndGet();
            return Optional.of(
                    Duration.ofMillis(500 + ThreadLocalRandom.current().nextLong(2_000)));
        }
    }

    private Optional<Duration> received(StormDevice device, HttpAnswer answer) throws IOException {
        var certificate = EstTarget.certificate(answer);
        if (!Arrays.equals(certificate.getSubjectPublicKeyInfo().getEncoded("DER"), device.publicKey())) {
            note(device.id + " got a certificate for another key");
        }
        device.isDone();
        served.incrementAndGet();
        return Optional.empty();
    }

    private Optional<Duration> sentAway(StormDevice device, HttpAnswer answer) {
        String wait = header(answer, "Retry-After");
        if (wait == null || !wait.matches("[1-9][0-9]{0,9}") || Long.parseLong(wait) > LONGEST_WAIT_SECONDS) {
            note(device.id + " was answered " + answer.status() + " with Retry-After " + wait);
            return Optional.of(Duration.ofSeconds(1));
        }
        return RetryAfter.parse(wait, Instant.EPOCH);
    }

    private void note(String what) {
        if (strange.size() < MOST_STRANGE) {
            strange.add(what);
        }
    }

    private static @Nullable String header(HttpAnswer answer, String name) {
        return answer.header()
                .lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(null);
    }

    private StormOutcome outcome(List<StormDevice> fleet, double seconds) {
        Map<Integer, Integer> counted = new ConcurrentHashMap<>();
        answers.forEach((status, count) -> counted.put(status, count.get()));
        return new StormOutcome(
                seconds,
                fleet.size(),
                served.get(),
                counted,
                broken.get(),
                List.copyOf(strange),
                StormOutcome.Waits.of(
                        fleet.stream().filter(device -> device.nearlyExpired).toList()),
                StormOutcome.Waits.of(
                        fleet.stream().filter(device -> !device.nearlyExpired).toList()),
                resident.get());
    }
}
