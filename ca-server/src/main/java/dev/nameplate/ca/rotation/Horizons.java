package dev.nameplate.ca.rotation;

import dev.nameplate.ca.authority.Authorities;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.policy.Validity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The horizon of every cohort: the date on which its chain stops working. It is near, and an alarm is raised, 24, 12, 6 and 3
 * months before, if the issuer still issues or if certificates last as long as the chain does. What ends earlier by itself is
 * renewed under another issuer before.
 */
public final class Horizons {
    private final Authorities authorities;
    private final Profiles profiles;
    private final Cohorts cohorts;
    private final InstantSource clock;
    private final HorizonListener listener;
    private final Map<Cohort, HorizonAlarm> raised = new ConcurrentHashMap<>();
    private volatile Map<Cohort, CohortSize> census = Map.of();

    public Horizons(
            Authorities authorities,
            Profiles profiles,
            Cohorts cohorts,
            InstantSource clock,
            HorizonListener listener) {
        this.authorities = authorities;
        this.profiles = profiles;
        this.cohorts = cohorts;
        this.clock = clock;
        this.listener = listener;
    }

    /** Counts the fleet, which {@link #all} uses from then on. */
    public void count() {
        census = cohorts.census(clock.instant()).stream()
                .collect(Collectors.toUnmodifiableMap(CohortSize::cohort, Function.identity()));
    }

    /** Tells the listener how things stand, and each alarm once. */
    public void look() {
        List<Horizon> all = all();
        List<Horizon> nearer = new ArrayList<>();
        for (Horizon horizon : all) {
            HorizonAlarm before = raised.getOrDefault(horizon.cohort(), HorizonAlarm.NONE);
            if (horizon.alarm().compareTo(before) > 0) {
                nearer.add(horizon);
            }
            raised.put(horizon.cohort(), horizon.alarm());
        }
        listener.looked(all, nearer);
    }

    /** Of every cohort that has certificates or can get some, the nearest first; as many certificates as when they were counted. */
    public List<Horizon> all() {
        Instant now = clock.instant();
        List<IssuerRecord> issuers = authorities.all().stream()
                .filter(issuer -> !issuer.chain().isEmpty())
                .toList();
        var ends = new ChainEnd(issuers.stream().flatMap(Horizons::served).toList());
        return issuers.stream()
                .flatMap(issuer -> of(issuer, ends, now))
                .sorted(Comparator.comparing(Horizon::stops)
                        .thenComparing(horizon -> horizon.cohort().toString()))
                .toList();
    }

    /** What devices are given to build a path of: while a root is replaced, the certificates that link the two as well. */
    private static Stream<CertificateDer> served(IssuerRecord issuer) {
        return Stream.concat(issuer.chain().stream(), issuer.links().stream());
    }

    private Stream<Horizon> of(IssuerRecord issuer, ChainEnd ends, Instant now) {
        CertificateDer endsFirst = ends.endsFirst(issuer.chain().getFirst());
        return profiles.all().stream()
                .map(profile -> new Cohort(issuer.generation(), profile.name()))
                .filter(cohort -> census.containsKey(cohort) || issues(issuer, cohort))
                .map(cohort -> horizon(cohort, issuer, endsFirst, now));
    }

    private boolean issues(IssuerRecord issuer, Cohort cohort) {
        return issuer.state() == IssuerRecord.State.ACTIVE
                && profiles.named(cohort.profile())
                        .issuer()
                        .equals(issuer.generation().issuer());
    }

    private Horizon horizon(Cohort cohort, IssuerRecord issuer, CertificateDer endsFirst, Instant now) {
        Optional<CohortSize> size = Optional.ofNullable(census.get(cohort));
        Instant stops = endsFirst.parsed().getNotAfter().toInstant();
        boolean bound = size.filter(count -> !count.lastEnds().isBefore(stops)).isPresent();
        return new Horizon(
                cohort,
                issuer.state(),
                endsFirst,
                shortens(profiles.named(cohort.profile()), issuer),
                size,
                issues(issuer, cohort) || bound ? HorizonAlarm.at(stops, now) : HorizonAlarm.NONE);
    }

    private static Optional<Instant> shortens(Profile profile, IssuerRecord issuer) {
        Instant end = issuer.chain().getFirst().parsed().getNotAfter().toInstant();
        return switch (profile.validity()) {
            case Validity.Lasting lasting -> Optional.of(end.minus(lasting.duration()));
            case Validity.Until _ -> Optional.empty();
        };
    }
}
