package dev.nameplate.ca.renewal;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.ProfileName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes through a fleet, device by device, and finds out how far each is. */
final class Muster {
    private final Campaign campaign;
    private final Instant now;
    private final Optional<DeviceId> after;
    private final int most;
    private final List<HeldCertificate> held = new ArrayList<>();
    private final List<Straggler> stragglers = new ArrayList<>();
    private final Map<Straggler.State, Long> counts = new EnumMap<>(Straggler.State.class);
    private long cohort;
    private long done;

    /**
     * @param after the devices that are named come after this one
     * @param most how many devices are named
     */
    Muster(Campaign campaign, Instant now, Optional<DeviceId> after, int most) {
        this.campaign = campaign;
        this.now = now;
        this.after = after;
        this.most = most;
    }

    void see(HeldCertificate certificate) {
        if (!held.isEmpty() && !held.getFirst().device().equals(certificate.device())) {
            judge();
        }
        held.add(certificate);
    }

    Progress progress() {
        judge();
        return new Progress(
                cohort,
                done,
                count(Straggler.State.WRONG),
                count(Straggler.State.WAITING),
                count(Straggler.State.LATE),
                count(Straggler.State.ENDED));
    }

    List<Straggler> stragglers() {
        judge();
        return List.copyOf(stragglers);
    }

    private void judge() {
        Instant since = campaign.pull().made().at();
        Optional<ProfileName> profile = held.stream()
                .filter(one -> !one.issuedAt().isAfter(since)
                        && one.notAfter().isAfter(since)
                        && campaign.pull().selector().has(one))
                .map(HeldCertificate::profile)
                .findFirst();
        profile.ifPresent(name -> judge(
                held.stream()
                        .filter(one -> one.profile().equals(name))
                        .reduce((_, last) -> last)
                        .orElseThrow(),
                since));
        held.clear();
    }

    private void judge(HeldCertificate newest, Instant since) {
        cohort++;
        if (campaign.goal().isMetBy(newest, since)) {
            done++;
            return;
        }
        Straggler.State state = state(newest, since);
        counts.merge(state, 1L, Long::sum);
        boolean named = after.map(last -> newest.device().value().compareTo(last.value()) > 0)
                .orElse(true);
        if (named && stragglers.size() < most) {
            stragglers.add(new Straggler(newest, state));
        }
    }

    private Straggler.State state(HeldCertificate newest, Instant since) {
        if (newest.issuedAt().isAfter(since)) {
            return Straggler.State.WRONG;
        }
        if (!newest.notAfter().isAfter(now)) {
            return Straggler.State.ENDED;
        }
        return now.isAfter(campaign.pull().window().end()) ? Straggler.State.LATE : Straggler.State.WAITING;
    }

    private long count(Straggler.State state) {
        return counts.getOrDefault(state, 0L);
    }
}
