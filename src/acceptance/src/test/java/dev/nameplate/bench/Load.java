package dev.nameplate.bench;

import dev.nameplate.bench.Window.Party;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Clients that all send as fast as they are answered. */
final class Load implements AutoCloseable {
    /** So many wrong answers end a window: something is broken, and hurry makes it no better. */
    private static final int MOST_FAILURES = 20;

    private static final double SPARE = 1.4;

    private final List<Client> clients;
    private final Map<Party, Supplier<Duration>> meters;
    private final ExecutorService threads;

    Load(List<? extends Client> clients, Map<Party, Supplier<Duration>> meters) {
        this.clients = List.copyOf(clients);
        this.meters = new EnumMap<>(meters);
        this.threads = Executors.newFixedThreadPool(
                clients.size(), Thread.ofPlatform().name("client-", 0).factory());
    }

    /** @param expectedPerSecond so many requests are made ready, and some more; the window ends early if they run out */
    Window run(Duration time, double expectedPerSecond) {
        int each = (int) Math.ceil(expectedPerSecond * time.toMillis() / 1000 * SPARE / clients.size()) + 2;
        return window(time, each, Ending.TOGETHER);
    }

    /** Sends so many requests in all, however long that takes within the time. */
    Window runExactly(int requests, Duration time) {
        return window(time, Math.ceilDiv(requests, clients.size()), Ending.EACH_WHEN_DONE);
    }

    @Override
    public void close() {
        all(client -> () -> {
            client.disconnect();
            return client;
        });
        threads.shutdownNow();
    }

    private Window window(Duration time, int each, Ending ending) {
        all(client -> () -> {
            client.prepare(each);
            client.connect();
            return client;
        });
        Run run = new Run(time, ending);
        List<Future<Part>> running = clients.stream()
                .map(client -> threads.submit(() -> run.drive(client)))
                .toList();
        run.await();
        long begin = System.nanoTime();
        Map<Party, Duration> before = read();
        List<Part> parts = running.stream().map(Load::get).toList();
        Map<Party, Duration> after = read();
        long end = System.nanoTime();
        after.replaceAll((party, spent) -> spent.minus(before.getOrDefault(party, Duration.ZERO)));
        return new Window(
                Duration.ofNanos(end - begin),
                Latencies.of(parts.stream()
                        .flatMapToLong(part -> Arrays.stream(part.nanos()))
                        .toArray()),
                parts.stream().mapToInt(Part::failures).sum(),
                parts.stream().flatMap(part -> part.firstFailure().stream()).findFirst(),
                after);
    }

    private Map<Party, Duration> read() {
        Map<Party, Duration> spent = new EnumMap<>(Party.class);
        meters.forEach((party, meter) -> spent.put(party, meter.get()));
        return spent;
    }

    private interface Work {
        Callable<Client> of(Client client);
    }

    private void all(Work work) {
        clients.stream().map(client -> threads.submit(work.of(client))).toList().forEach(Load::get);
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private enum Ending {
        TOGETHER,
        EACH_WHEN_DONE
    }

    private record Part(long[] nanos, int failures, Optional<String> firstFailure) {}

    /** One window: all begin at once. Timed ones end for all of them when one has nothing left to send. */
    private final class Run {
        private final CyclicBarrier begin = new CyclicBarrier(clients.size() + 1);
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Duration time;
        private final Ending ending;

        Run(Duration time, Ending ending) {
            this.time = time;
            this.ending = ending;
        }

        void await() {
            try {
                begin.await();
            } catch (BrokenBarrierException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        Part drive(Client client) {
            long[] nanos = new long[1024];
            int count = 0;
            int failures = 0;
            String firstFailure = null;
            await();
            long deadline = System.nanoTime() + time.toNanos();
            while (!ended.get() && System.nanoTime() < deadline && client.hasNext() && failures < MOST_FAILURES) {
                try {
                    long taken = client.next();
                    nanos = count < nanos.length ? nanos : Arrays.copyOf(nanos, 2 * count);
                    nanos[count++] = taken;
                } catch (IOException e) {
                    failures++;
                    firstFailure = firstFailure == null ? String.valueOf(e.getMessage()) : firstFailure;
                    reconnect(client);
                }
            }
            if (failures >= MOST_FAILURES || ending == Ending.TOGETHER) {
                ended.set(true);
            }
            return new Part(Arrays.copyOf(nanos, count), failures, Optional.ofNullable(firstFailure));
        }

        private static void reconnect(Client client) {
            try {
                client.connect();
            } catch (IOException e) {
                System.err.println("cannot connect again: " + e.getMessage());
            }
        }
    }
}
