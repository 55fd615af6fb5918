package dev.nameplate.ca.app;

import dev.nameplate.ca.renewal.Campaign;
import dev.nameplate.ca.renewal.Campaigns;
import dev.nameplate.ca.renewal.Progress;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counts, for the metrics, how far the campaigns are that go on. */
final class CampaignMeters implements AutoCloseable {
    private static final Duration COUNT = Duration.ofHours(1);
    private static final Duration AFTERWARDS = Duration.ofDays(30);
    private static final int MOST = 20;

    private final Core core;
    private final Campaigns campaigns;
    private final MultiGauge devices;
    private final Schedule schedule = new Schedule();

    CampaignMeters(Core core, Campaigns campaigns, MeterRegistry metrics) {
        this.core = core;
        this.campaigns = campaigns;
        this.devices = MultiGauge.builder("nameplate.campaign.devices")
                .description("of campaigns that go on or ended lately, by how far they are; counted every hour")
                .register(metrics);
    }

    /** On a thread of its own: counting a large fleet takes a while. */
    void start() {
        schedule.after(Duration.ofMinutes(1), COUNT, "counting the devices of campaigns", this::count);
    }

    void count() {
        Instant now = core.means().clock().instant();
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        campaigns.newest(MOST).stream()
                .filter(campaign -> campaign.pull().cancelled().isEmpty()
                        && now.isBefore(campaign.pull().window().end().plus(AFTERWARDS)))
                .forEach(campaign -> rows.addAll(rows(campaign, campaigns.progress(campaign))));
        devices.register(rows, true);
    }

    @Override
    public void close() {
        schedule.close();
    }

    private static List<MultiGauge.Row<?>> rows(Campaign campaign, Progress progress) {
        return List.of(
                row(campaign, "done", progress.done()),
                row(campaign, "wrong", progress.wrong()),
                row(campaign, "waiting", progress.waiting()),
                row(campaign, "late", progress.late()),
                row(campaign, "ended", progress.ended()));
    }

    private static MultiGauge.Row<?> row(Campaign campaign, String state, long devices) {
        return MultiGauge.Row.of(
                Tags.of("campaign", campaign.pull().id().value(), "name", campaign.name(), "state", state), devices);
    }
}
