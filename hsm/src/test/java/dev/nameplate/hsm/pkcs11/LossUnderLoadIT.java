package dev.nameplate.hsm.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SignatureCheck;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.VaultKey;
import dev.nameplate.hsm.VaultUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The token goes and comes back while sixteen virtual threads sign as fast as they can. */
final class LossUnderLoadIT {
    private static final int SIGNERS = 16;
    private static final int SESSIONS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final SoftHsm softHsm = SoftHsm.withToken();
    private final RecordedEvents events = new RecordedEvents();
    private final Pkcs11Vault vault = Pkcs11Vault.open(softHsm.impatient(SESSIONS), InstantSource.system(), events);
    private final VaultKey key = vault.generate(KeySpec.EC_P256, "issuer");
    private final SigningKey signer = vault.signingKey(key.uri());
    private final AtomicInteger verified = new AtomicInteger();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stop = new AtomicBoolean();

    @AfterEach
    void close() {
        vault.close();
        softHsm.close();
    }

    @RepeatedTest(3)
    void failsAsUnavailableOnlyAndGoesOnInTheSameProcess() {
        try (Load load = new Load()) {
            load.start();
            awaitMore(verified, 200);

            softHsm.takeAway();
            awaitMore(unavailable, 500);
            softHsm.giveBack();

            awaitMore(verified, 500);
        }
        assertThat(unexpected).isEmpty();
        assertThat(events.lost).hasValue(1);
        assertThat(events.recovered).hasValue(1);
    }

    @Test
    void neverHasMoreSessionsThanItsSettingsAllow() {
        try (Load load = new Load()) {
            load.start();
            for (int look = 0; look < 20; look++) {
                awaitMore(verified, 20);
                assertThat(vault.openSessions()).isBetween(1, SESSIONS);
            }
            stop.set(true);
        } finally {
        }
        assertThat(unexpected).isEmpty();
    }

    private void signOverAndOver() {
        for (int number = 0; !stop.get(); number++) {
            byte[] message = (Thread.currentThread().threadId() + ":" + number).getBytes(UTF_8);
            try {
                signOnce(message);
            } catch (VaultUnavailableException away) {
                unavailable.incrementAndGet();
                Thread.onSpinWait();
            } catch (RuntimeException | AssertionError wrong) {
                unexpected.add(wrong);
                return;
            }
        }
    }

    private void signOnce(byte[] message) {
        byte[] signature = signer.sign(SignatureScheme.ECDSA_SHA256, message);
        if (!SignatureCheck.verifies(SignatureScheme.ECDSA_SHA256, key.publicKey(), message, signature)) {
            throw new AssertionError("signature of something else");
        }
        verified.incrementAndGet();
    }

    private void awaitMore(AtomicInteger counter, int more) {
        int until = counter.get() + more;
        await().atMost(LIMIT).until(() -> counter.get() >= until || !unexpected.isEmpty());
    }

    /** The signers; closing it stops them, however the test ends. */
    private final class Load implements AutoCloseable {
        private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

        void start() {
            for (int signer = 0; signer < SIGNERS; signer++) {
                callers.execute(LossUnderLoadIT.this::signOverAndOver);
            }
        }

        @Override
        public void close() {
            stop.set(true);
            callers.close();
        }
    }
}
