package dev.nameplate.ca.app;

import dev.nameplate.ca.ocsp.OcspError;
import dev.nameplate.ca.ocsp.OcspListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
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
        live.get(status).increment();
    }

    @Override
    public void saidAgain(Status status, long ageMillis) {
        kept.get(status).increment();
        keptSeconds.increment(ageMillis / 1000.0);
    }

    @Override
    public void denied(OcspError error) {
        errors.get(error).increment();
    }

    @Override
    public void notRenewed(Throwable problem) {
        failures.increment();
        Throwable cause = problem instanceof CompletionException && problem.getCause() != null
                ? problem.getCause()
                : problem;
        LOG.warn("a kept OCSP answer could not be signed again, and is served on while it lasts: {}", cause.toString());
    }

    private static Counter answers(MeterRegistry metrics, Status status, String source) {
        return metrics.counter("nameplate.ocsp.answers", "status", word(status), "source", source);
    }

    private static <K extends Enum<K>> Map<K, Counter> each(Class<K> type, Function<K, Counter> counter) {
        return Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(
                        Function.identity(), counter, (one, _) -> one, () -> new EnumMap<>(type)));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
