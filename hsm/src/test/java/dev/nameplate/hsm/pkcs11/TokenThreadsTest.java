package dev.nameplate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.hsm.KeyMissingException;
import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.VaultUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TokenThreadsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final TokenThreads threads = new TokenThreads(new Pkcs11Settings(
            Path.of("lib.so"),
            "t",
            () -> Secret.of("1"),
            1,
            1,
            Duration.ofMinutes(1),
            Duration.ofMillis(200),
            Duration.ofSeconds(1)));
    private final CountDownLatch stuck = new CountDownLatch(1);

    @AfterEach
    void release() {
        stuck.countDown();
        threads.close();
    }

    @Test
    void runsWorkOnPlatformThreads() {
        assertThat(threads.run(LONG, () -> Thread.currentThread().isVirtual())).isFalse();
    }

    @Test
    void handsOnWhatTheWorkThrew() {
        assertThatThrownBy(() -> threads.run(LONG, () -> {
                    throw new KeyMissingException("none");
                }))
                .isInstanceOf(KeyMissingException.class);
    }

    @Test
    void givesUpOnATokenThatDoesNotAnswer() {
        assertThatThrownBy(this::runStuck)
                .isInstanceOf(VaultUnavailableException.class)
                .hasMessageContaining("did not answer");
    }

    @Test
    void givesUpWaitingForAThreadAndThenNeverRunsTheWork() {
        occupyTheThread();
        AtomicBoolean ran = new AtomicBoolean();

        assertThatThrownBy(() -> threads.run(LONG, () -> {
                    ran.set(true);
                    return true;
                }))
                .isInstanceOf(VaultUnavailableException.class)
                .hasMessageContaining("no session came free");

        stuck.countDown();
        threads.close();
        assertThat(ran).isFalse();
    }

    @Test
    void refusesAtOnceWhenTooManyWait() {
        occupyTheThread();
        assertThatThrownBy(() -> threads.run(LONG, () -> true)).hasMessageContaining("no session came free");

        assertThatThrownBy(() -> threads.run(LONG, () -> true))
                .isInstanceOf(VaultUnavailableException.class)
                .hasMessageContaining("too many calls wait");
    }

    @Test
    void refusesWorkWhenClosed() {
        threads.close();

        assertThatThrownBy(() -> threads.run(LONG, () -> true))
                .isInstanceOf(VaultUnavailableException.class)
                .hasMessageContaining("closed");
    }

    private void occupyTheThread() {
        assertThatThrownBy(this::runStuck).isInstanceOf(VaultUnavailableException.class);
    }

    private boolean runStuck() {
        return threads.run(Duration.ofMillis(200), () -> {
            try {
                return stuck.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        });
    }
}
