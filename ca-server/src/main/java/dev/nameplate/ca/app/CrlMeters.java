package dev.nameplate.ca.app;

import dev.nameplate.ca.crl.CrlEvents;
import dev.nameplate.ca.crl.CrlState;
import dev.nameplate.ca.crl.PublishedCrl;
import dev.nameplate.ca.pki.IssuerGeneration;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** CRLs in the metrics and in the log. */
final class CrlMeters implements CrlEvents {
    private static final Logger LOG = LoggerFactory.getLogger(CrlMeters.class);

    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final Timer publications;
    private final Counter failures;
    private final Set<IssuerGeneration> gauged = ConcurrentHashMap.newKeySet();
    private volatile List<CrlState> states = List.of();

    CrlMeters(MeterRegistry metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
        this.publications = Timer.builder("nameplate.crl.publication")
                .description("from looking at what is revoked until everyone can fetch the CRL")
                .publishPercentiles(0.5, 0.99)
                .register(metrics);
        this.failures = Counter.builder("nameplate.crl.failures").register(metrics);
    }

    @Override
    public void published(PublishedCrl crl, Duration took) {
        publications.record(took);
        LOG.info(
                "CRL {} number {} with {} entries was published in {} ms",
                crl.scope(),
                crl.number(),
                crl.content().entries(),
                took.toMillis());
    }

    @Override
    public void failed(String reason) {
        failures.increment();
        LOG.debug("a CRL was not published: {}", reason);
    }

    @Override
    public void looked(List<CrlState> now) {
        states = now;
        now.stream()
                .map(state -> state.scope().issuer())
                .distinct()
                .filter(gauged::add)
                .forEach(this::gauge);
    }

    private void gauge(IssuerGeneration issuer) {
        gauge(
                "nameplate.crl.age.seconds",
                issuer,
                "of the oldest CRL of the issuer",
                crls -> crls.stream()
                        .map(crl -> crl.times().thisUpdate())
                        .min(Comparator.naturalOrder())
                        .map(this::secondsSince)
                        .orElse(Double.NaN));
        gauge(
                "nameplate.crl.left.seconds",
                issuer,
                "until the first CRL of the issuer ends",
                crls -> crls.stream()
                        .map(crl -> crl.times().nextUpdate())
                        .min(Comparator.naturalOrder())
                        .map(end -> -secondsSince(end))
                        .orElse(Double.NaN));
        gauge(
                "nameplate.crl.entries",
                issuer,
                "of the full CRL",
                crls -> crls.stream()
                        .filter(crl -> crl.scope().isFull())
                        .mapToDouble(crl -> crl.content().entries())
                        .findFirst()
                        .orElse(Double.NaN));
    }

    private void gauge(
            String name, IssuerGeneration issuer, String about, ToDoubleFunction<Collection<PublishedCrl>> value) {
        Gauge.builder(name, this, meters -> value.applyAsDouble(meters.of(issuer)))
                .description(about)
                .tags(Tags.of("issuer", issuer.toString()))
                .strongReference(true)
                .register(metrics);
    }

    private Collection<PublishedCrl> of(IssuerGeneration issuer) {
        return states.stream()
                .filter(state -> state.scope().issuer().equals(issuer))
                .map(CrlState::newest)
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(PublishedCrl::scope, Function.identity()))
                .values();
    }

    private double secondsSince(Instant instant) {
        return Duration.between(instant, clock.instant()).toMillis() / 1000.0;
    }
}
