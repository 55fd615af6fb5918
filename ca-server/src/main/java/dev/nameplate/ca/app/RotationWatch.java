package dev.nameplate.ca.app;

import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.rotation.KeyKeeper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log, in the metrics and to {@code doctor} where a key or certificate of the CA's own is not renewed as it should. */
final class RotationWatch implements OwnKey.Watch {
    private static final Logger LOG = LoggerFactory.getLogger(RotationWatch.class);

    /** Everything is looked at every few minutes. */
    private static final Duration LATE = Duration.ofHours(1);

    private static final String REMEDY =
            "see the finding about the token, the database or the issuers; it is tried again every minute";

    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();

    private record Look(KeyKeeper keeper, Instant at, Optional<String> trouble) {}

    RotationWatch(InstantSource clock, MeterRegistry metrics) {
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public void looked(KeyKeeper keeper, Optional<String> trouble) {
        Look before = looks.put(keeper.purpose(), new Look(keeper, clock.instant(), trouble));
        if (before == null) {
            gauge(keeper.purpose());
        }
        Optional<String> old = before == null ? Optional.empty() : before.trouble();
        if (trouble.isPresent()) {
            metrics.counter("nameplate.rotation.failures", "purpose", keeper.purpose())
                    .increment();
        }
        if (!trouble.equals(old)) {
            trouble.ifPresentOrElse(
                    why -> LOG.warn("{} is due and not renewed, what there is goes on: {}", keeper.purpose(), why),
                    () -> LOG.info("{} is renewed again", keeper.purpose()));
        }
    }

    @Override
    public void over(String purpose) {
        Look last = looks.remove(purpose);
        if (last != null) {
            LOG.info("{} is needed no more", purpose);
        }
    }

    Optional<String> troubleOf(String purpose) {
        return Optional.ofNullable(looks.get(purpose)).flatMap(Look::trouble);
    }

    Finding find() {
        Instant now = clock.instant();
        return looks.values().stream()
                .flatMap(look -> objection(look, now).stream())
                .min(Comparator.comparing(Finding::state).reversed())
                .orElseGet(() -> Finding.ok(looks.size() + " keys of the CA's own have good certificates"));
    }

    private static Optional<Finding> objection(Look look, Instant now) {
        String purpose = look.keeper().purpose();
        String because = look.trouble().map(why -> ": " + why).orElse("");
        Optional<Instant> end = look.keeper().certificateEnds();
        if (end.isPresent() && !end.get().isAfter(now)) {
            return Optional.of(
                    Finding.fault(purpose + " has a certificate that ended at " + end.get() + because, REMEDY));
        }
        if (look.trouble().isPresent()) {
            return Optional.of(Finding.warning(purpose + " is due and not renewed" + because, REMEDY));
        }
        return look.at().plus(LATE).isBefore(now)
                ? Optional.of(Finding.warning(
                        purpose + " was looked at for the last time at " + look.at(),
                        "restart the server, and report what its log says: its schedule does not go on"))
                : Optional.empty();
    }

    private void gauge(String purpose) {
        Gauge.builder("nameplate.certificate.left.seconds", () -> secondsLeft(purpose))
                .description("until the certificate of one of the CA's own keys ends")
                .tag("purpose", purpose)
                .strongReference(true)
                .register(metrics);
    }

    private double secondsLeft(String purpose) {
        return Optional.ofNullable(looks.get(purpose))
                .flatMap(look -> look.keeper().certificateEnds())
                .map(end -> (double) Duration.between(clock.instant(), end).toSeconds())
                .orElse(Double.NaN);
    }
}
