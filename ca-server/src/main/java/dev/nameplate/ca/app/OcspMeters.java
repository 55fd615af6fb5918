package dev.nameplate.ca.app;

import static java.util.Objects.requireNonNull;

import dev.nameplate.ca.ocsp.OcspError;
import dev.nameplate.ca.ocsp.OcspListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** OCSP in the metrics and in the log. */
final class OcspMeters implements OcspListener {
    private static final Logger LOG = LoggerFactory.getLogger(OcspMeters.class);

    private final Map<Status, Counter> live;
    private final Map<Status, Counter> kept;
    private final Map<OcspError, Counter> errors;
    private final Counter keptSeconds;
    private final Counter failures;

    OcspMeters(MeterRegistry metrics) {
        live = each(Status.class, status -> answers(metrics, status, "live"));
        kept = each(Status.class, status -> answers(metrics, status, "kept"));
        errors = each(OcspError.class, error -> metrics.counter("nameplate.ocsp.errors", "error", word(error)));
        keptSeconds = Counter.builder("nameplate.ocsp.kept.age")
                .description("How old the kept answers were that were given, all together")
                .baseUnit("seconds")
                .register(metrics);
        failures = metrics.counter("nameplate.ocsp.renewal.failures");
    }

    @Override
    public void said(Status status) {
        requireNonNull(live.get(status)).increment();
    }

    @Override
    public void saidAgain(Status status, long ageMillis) {
        requireNonNull(kept.get(status)).increment();
        keptSeconds.increment(ageMillis / 1000.0);
    }

    @Override
    public void denied(OcspError error) {
        requireNonNull(errors.get(error)).increment();
    }

    @Override
    public void notRenewed(Throwable problem) {
        failures.increment();
        LOG.warn(
                "a kept OCSP answer could not be signed again, and is served on while it lasts: {}",
                problem.toString());
    }

    private static Counter answers(MeterRegistry metrics, Status status, String source) {
        return metrics.counter("nameplate.ocsp.answers", "status", word(status), "source", source);
    }

    private static <K extends Enum<K>> Map<K, Counter> each(Class<K> type, Function<K, Counter> counter) {
        Map<K, Counter> all = new EnumMap<>(type);
        for (K key : type.getEnumConstants()) {
            all.put(key, counter.apply(key));
        }
        return all;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
