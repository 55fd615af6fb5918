package dev.nameplate.acceptance.torture;

import dev.nameplate.acceptance.EstDoor;
import dev.nameplate.acceptance.OperatorApi;
import dev.nameplate.acceptance.ProductHome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Many clients at once. */
final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EstDoor door;
    private final OperatorApi api;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean on = new AtomicBoolean(true);
    private final List<Future<?>> clients = new ArrayList<>();

    private Load(ProductHome home) {
        door = EstDoor.of(home);
        api = home.operatorApi();
    }

    static Load start(ProductHome home, int clients, Journal journal) {
        Load load = new Load(home);
        for (int number = 0; number < clients; number++) {
            Client client = new Client(load.door, load.api, journal, load.on::get);
            load.clients.add(load.threads.submit(client::run));
        }
        return load;
    }

    /** Lets every client end its request; whatever one of them threw comes out here. */
    void stop() {
        on.set(false);
        for (Future<?> client : clients) {
            try {
                client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError("a client failed: " + e.getCause(), e.getCause());
            } catch (TimeoutException e) {
                throw new AssertionError("a client got no end of an answer within " + PATIENCE, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    @Override
    public void close() {
        on.set(false);
        door.close();
        api.close();
        threads.shutdownNow();
    }
}
