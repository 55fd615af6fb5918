package dev.nameplate.hsm.pkcs11;

import dev.nameplate.hsm.VaultException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes idle sessions, and brings a lost token back although nobody calls. */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final ScheduledExecutorService timer;
    private final List<ScheduledFuture<?>> turns;

    Upkeep(TokenCalls calls, Pkcs11Settings settings) {
        timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                .daemon()
                .name("token-" + settings.tokenLabel() + "-upkeep")
                .factory());
        turns = List.of(
                every(settings.sessionIdle().dividedBy(2), calls::closeIdleSessions),
                every(settings.recoveryInterval(), calls::bringBack));
    }

    @Override
    public void close() {
        turns.forEach(turn -> turn.cancel(false));
        timer.shutdownNow();
    }

    private ScheduledFuture<?> every(Duration period, Runnable task) {
        return timer.scheduleWithFixedDelay(
                () -> quietly(task), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What fails now is tried again at the next turn, and the callers hear of it themselves. */
    private static void quietly(Runnable task) {
        try {
            task.run();
        } catch (VaultException later) {
            LOG.debug("token upkeep: {}", later.getMessage());
        }
    }
}
