package dev.nameplate.ca.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server does by itself, at intervals; a duty that fails is tried again at its next turn. */
final class Schedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedule").factory());

    private final List<ScheduledFuture<?>> duties = new CopyOnWriteArrayList<>();

    void every(Duration interval, String duty, Runnable work) {
        after(interval, interval, duty, work);
    }

    /** The first time after another while than from then on. */
    void after(Duration first, Duration interval, String duty, Runnable work) {
        Runnable careful = () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warn("{} did not work, and is tried again in {}: {}", duty, interval, e.toString());
            }
        };
        duties.add(
                executor.scheduleWithFixedDelay(careful, first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        duties.forEach(duty -> duty.cancel(false));
        executor.shutdown();
    }
}
