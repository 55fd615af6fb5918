package dev.nameplate.hsm.pkcs11;

import dev.nameplate.hsm.VaultListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a vault tells. */
final class RecordedEvents implements VaultListener {
    final AtomicInteger signed = new AtomicInteger();
    final AtomicInteger lost = new AtomicInteger();
    final AtomicInteger recovered = new AtomicInteger();

    @Override
    public void signed(Duration took) {
        signed.incrementAndGet();
    }

    @Override
    public void lost(String reason) {
        lost.incrementAndGet();
    }

    @Override
    public void recovered(Duration outage) {
        recovered.incrementAndGet();
    }
}
