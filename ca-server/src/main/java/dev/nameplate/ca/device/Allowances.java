package dev.nameplate.ca.device;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One allowance each for many keys. A key that was not heard of for a period has its full allowance and is forgotten. */
final class Allowances {
    private final LoadingCache<String, Bucket> buckets;

    Allowances(AttemptLimits.Allowance allowance, int tracked, InstantSource clock) {
        Meter meter = new Meter(clock);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(tracked)
                .expireAfterAccess(allowance.period())
                .ticker(meter::currentTimeNanos)
                .executor(Runnable::run)
                .build(_ -> bucket(allowance, meter));
    }

    /** Takes one. @return how long until there is one, if there is none */
    Optional<Duration> take(String key) {
        ConsumptionProbe probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(seconds(probe.getNanosToWaitForRefill()));
    }

    /** @return how long until there is one, if there is none */
    Optional<Duration> waitFor(String key) {
        EstimationProbe probe = buckets.get(key).estimateAbilityToConsume(1);
        return probe.canBeConsumed() ? Optional.empty() : Optional.of(seconds(probe.getNanosToWaitForRefill()));
    }

    void spend(String key) {
        buckets.get(key).tryConsume(1);
    }

    void giveBack(String key) {
        buckets.get(key).addTokens(1);
    }

    /** Rounded up, since Retry-After counts whole seconds. */
    private static Duration seconds(long nanos) {
        return Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(nanos) + 1);
    }

    private static Bucket bucket(AttemptLimits.Allowance allowance, Meter meter) {
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(allowance.failures()).refillGreedy(allowance.failures(), allowance.period()))
                .withCustomTimePrecision(meter)
                .build();
    }

    private record Meter(InstantSource clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            Instant now = clock.instant();
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
