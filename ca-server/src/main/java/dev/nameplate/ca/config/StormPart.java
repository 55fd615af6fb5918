package dev.nameplate.ca.config;

import static dev.nameplate.ca.config.Words.duration;
import static dev.nameplate.ca.config.Words.or;

import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.storm.StormSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code storm}. */
final class StormPart {
    private static final StormSettings USUAL = StormSettings.defaults();
    private static final SettingsFile.Storm NOTHING =
            new SettingsFile.Storm(null, null, null, null, null, null, null, null);
    private static final SettingsFile.PerDevice USUAL_DEVICE = new SettingsFile.PerDevice(null, null, null);

    private final Problems problems;

    StormPart(Problems problems) {
        this.problems = problems;
    }

    StormSettings read(SettingsFile.@Nullable Storm given) {
        SettingsFile.Storm storm = or(given, NOTHING);
        return new StormSettings(
                or(storm.perSecond(), USUAL.perSecond()),
                new StormSettings.Places(
                        or(storm.atWork(), USUAL.places().atWork()),
                        or(storm.waiting(), USUAL.places().waiting()),
                        duration("patience", storm.patience(), USUAL.places().patience())),
                or(storm.nearlyExpired(), USUAL.nearlyExpired()),
                duration("longest-wait", storm.longestWait(), USUAL.longestWait()),
                perDevice(or(storm.perDevice(), USUAL_DEVICE)),
                cohorts(or(storm.cohorts(), Map.of())));
    }

    /** {@code renewal-info}: how often devices are to ask when to renew. */
    static Duration poll(SettingsFile.@Nullable RenewalInfo given) {
        Duration poll = duration("poll", given == null ? null : given.poll(), Duration.ofHours(6));
        if (poll.compareTo(Duration.ofSeconds(10)) < 0 || poll.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("poll is not between ten seconds and 30 days: " + poll);
        }
        return poll;
    }

    private static StormSettings.PerDevice perDevice(SettingsFile.PerDevice device) {
        StormSettings.PerDevice usual = USUAL.perDevice();
        return new StormSettings.PerDevice(
                or(device.requests(), usual.requests()),
                duration("per-device.period", device.period(), usual.period()),
                or(device.tracked(), usual.tracked()));
    }

    private List<StormSettings.Cohort> cohorts(Map<String, SettingsFile.Cohort> cohorts) {
        return cohorts.entrySet().stream()
                .map(entry -> cohort(entry.getKey(), entry.getValue()))
                .toList();
    }

    private StormSettings.Cohort cohort(String name, SettingsFile.Cohort cohort) {
        return new StormSettings.Cohort(
                name,
                Optional.ofNullable(cohort.label()).map(LabelName::new),
                Optional.ofNullable(cohort.profile()).map(ProfileName::new),
                Optional.ofNullable(cohort.issuer()).map(IssuerName::new),
                problems.required("storm.cohorts." + name + ".per-second", cohort.perSecond()));
    }
}
