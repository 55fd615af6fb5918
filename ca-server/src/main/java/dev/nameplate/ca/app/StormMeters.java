package dev.nameplate.ca.app;

import dev.nameplate.ca.storm.Lane;
import dev.nameplate.ca.storm.StormEvents;
import dev.nameplate.ca.storm.Turns;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.IntSupplier;

/** Admission in the metrics: who was let in and after how long, who was sent away and why, and who waits. */
final class StormMeters implements StormEvents {
    private final MeterRegistry metrics;

    StormMeters(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void granted(Lane lane, Duration waited) {
        Timer.builder("nameplate.storm.granted")
                .description("from a device's request for its turn until it got it")
                .tag("lane", lane.word())
                .publishPercentiles(0.5, 0.99)
                .register(metrics)
                .record(waited);
    }

    @Override
    public void refused(Lane lane, Reason reason, Duration told) {
        Timer.builder("nameplate.storm.refused")
                .description("for how long devices were told to stay away")
                .tags("lane", lane.word(), "reason", reason.word())
                .publishPercentiles(0.5, 0.99)
                .register(metrics)
                .record(told);
    }

    void watch(Turns turns) {
        for (Lane lane : Lane.values()) {
            Gauge.builder("nameplate.storm.waiting", () -> turns.waiting(lane))
                    .description("devices that wait for their turn")
                    .tag("lane", lane.word())
                    .register(metrics);
        }
        Gauge.builder("nameplate.storm.at.work", turns::atWork)
                .description("devices that have their turn")
                .register(metrics);
    }

    void watchHandshakes(IntSupplier waiting) {
        Gauge.builder("nameplate.storm.handshakes.waiting", waiting::getAsInt)
                .description("connections of devices whose TLS handshake waits to go on")
                .register(metrics);
    }
}
