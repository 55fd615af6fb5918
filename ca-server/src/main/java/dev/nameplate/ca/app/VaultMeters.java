package dev.nameplate.ca.app;

import dev.nameplate.hsm.VaultListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The token in the metrics and in the log. */
final class VaultMeters implements VaultListener {
    private static final Logger LOG = LoggerFactory.getLogger(VaultMeters.class);

    private final Timer signatures;
    private final Counter losses;
    private final AtomicInteger present = new AtomicInteger(1);

    VaultMeters(MeterRegistry metrics) {
        signatures = Timer.builder("nameplate.token.signatures").register(metrics);
        losses = Counter.builder("nameplate.token.losses").register(metrics);
        metrics.gauge("nameplate.token.present", present);
    }

    @Override
    public void signed(Duration took) {
        signatures.record(took);
    }

    @Override
    public void lost(String reason) {
        present.set(0);
        losses.increment();
        LOG.warn("the token is lost: {}", reason);
    }

    @Override
    public void recovered(Duration outage) {
        present.set(1);
        LOG.info("the token is back after {} ms", outage.toMillis());
    }
}
