package dev.nameplate.ca.storm;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.storm.StormEvents.Reason;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Admission before the expensive work: a device that has shown who it is asks for its turn, and gets it, waits a moment for it,
 * or is told when to come back. Nothing has been verified, signed or recorded for it by then.
 */
public final class Turns {
    /** How much of a second's turns may be taken at once. */
    private static final int BURSTS_PER_SECOND = 10;

    private final StormSettings settings;
    private final Function<ProfileName, IssuerName> issuers;
    private final InstantSource clock;
    private final Meter meter;
    private final StormEvents events;
    private final RandomGenerator random;
    private final LoadingCache<String, Bucket> devices;
    private final List<Quota> cohorts;
    private final Lanes lanes;
    private final Backlog crowd;

    /** A cohort, and what is left of its limit. Its backlog is its own lock. */
    private record Quota(StormSettings.Cohort cohort, Bucket bucket, Backlog backlog) {}

    /** @param issuers of the profiles */
    public Turns(
            StormSettings settings,
            Function<ProfileName, IssuerName> issuers,
            InstantSource clock,
            RandomGenerator random,
            StormEvents events) {
        this.settings = settings;
        this.issuers = issuers;
        this.clock = clock;
        this.meter = new Meter(clock);
        this.random = random;
        this.events = events;
        this.devices = Caffeine.newBuilder()
                .maximumSize(settings.perDevice().tracked())
                .expireAfterAccess(settings.perDevice().period())
                .ticker(meter::currentTimeNanos)
                .executor(Runnable::run)
                .build(_ -> bucket(
                        settings.perDevice().requests(),
                        settings.perDevice().requests(),
                        settings.perDevice().period()));
        this.cohorts = settings.cohorts().stream()
                .map(cohort -> new Quota(cohort, perSecond(cohort.perSecond()), backlog(cohort.perSecond())))
                .toList();
        this.lanes = new Lanes(settings.places(), perSecond(settings.perSecond()));
        this.crowd = backlog(settings.perSecond());
    }

    public Turn ask(AuthenticatedDevice device, EnrolmentLabel label) {
        return ask(
                Candidate.of(device, label, issuers.apply(label.profile()), settings.nearlyExpired(), clock.instant()));
    }

    /** For {@code Retry-After} where a request is turned away before anyone knows whose it is. */
    public Duration waitOfAnyone() {
        synchronized (crowd) {
            return crowd.promiseToAnyone(meter.currentTimeNanos());
        }
    }

    /** How many wait in a lane. */
    public int waiting(Lane lane) {
        return lanes.waiting(lane);
    }

    /** How many have their turn now. */
    public int atWork() {
        return lanes.atWork();
    }

    Turn ask(Candidate candidate) {
        return tooOften(candidate)
                .or(() -> tooManyOfItsKind(candidate))
                .<Turn>map(Turn.Later::new)
                .orElseGet(() -> enter(candidate));
    }

    private Optional<Refusal> tooOften(Candidate candidate) {
        ConsumptionProbe probe = devices.get(candidate.identity()).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return Optional.empty();
        }
        long wait = probe.getNanosToWaitForRefill();
        Duration told = bounded(Duration.ofNanos(wait + random.nextLong(Math.max(1, wait / 4))));
        events.refused(candidate.lane(), Reason.DEVICE, told);
        return Optional.of(new Refusal.QuotaSpent("requests of this device", told));
    }

    private Optional<Refusal> tooManyOfItsKind(Candidate candidate) {
        for (Quota quota : cohorts) {
            if (quota.cohort().has(candidate) && !quota.bucket().tryConsume(1)) {
                giveBack(candidate);
                Duration told = promise(quota.backlog(), candidate.lane());
                events.refused(candidate.lane(), Reason.COHORT, told);
                return Optional.of(new Refusal.QuotaSpent(
                        "requests of the cohort " + quota.cohort().name(), told));
            }
        }
        return Optional.empty();
    }

    private Turn enter(Candidate candidate) {
        Optional<Long> waited = lanes.enter(candidate.lane());
        if (waited.isPresent()) {
            events.granted(candidate.lane(), Duration.ofNanos(waited.get()));
            long began = meter.currentTimeNanos();
            return new Turn.Now(() -> end(began));
        }
        giveBack(candidate);
        Duration told = promise(crowd, candidate.lane());
        events.refused(candidate.lane(), Reason.CROWD, told);
        return new Turn.Later(new Refusal.Crowded(told));
    }

    /** It shall ask again, and be let in then. */
    private void giveBack(Candidate candidate) {
        devices.get(candidate.identity()).addTokens(1);
    }

    private void end(long began) {
        lanes.leave();
        synchronized (crowd) {
            crowd.served(meter.currentTimeNanos() - began);
        }
    }

    private Duration promise(Backlog backlog, Lane lane) {
        synchronized (backlog) {
            return backlog.promise(lane, meter.currentTimeNanos());
        }
    }

    private Duration bounded(Duration wait) {
        return wait.compareTo(settings.longestWait()) > 0 ? settings.longestWait() : wait;
    }

    private Backlog backlog(int perSecond) {
        return new Backlog(
                perSecond, settings.places().atWork(), settings.longestWait(), random, meter.currentTimeNanos());
    }

    private Bucket perSecond(int turns) {
        return bucket(Math.max(1, turns / BURSTS_PER_SECOND), turns, Duration.ofSeconds(1));
    }

    private Bucket bucket(int capacity, int turns, Duration period) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(turns, period))
                .withCustomTimePrecision(meter)
                .build();
    }
}
