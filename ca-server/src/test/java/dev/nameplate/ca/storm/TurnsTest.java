package dev.nameplate.ca.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TurnsTest {
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<String> events = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void letsInAsManyASecondAsTheLimitAllows() {
        Turns turns = turns(100, places(1000, 0), 1000, List.of());

        assertThat(granted(turns, 0, 300)).isEqualTo(10);
        clock.advance(Duration.ofMillis(50));
        assertThat(granted(turns, 300, 300)).isEqualTo(5);
    }

    @Test
    void tellsThoseItSendsAwayWhenToComeBackAndThatItIsNotTheirFault() {
        Turns turns = turns(100, places(1000, 0), 1000, List.of());
        granted(turns, 0, 10);

        assertThat(turns.ask(candidate("late", Lane.OTHERS)))
                .isInstanceOfSatisfying(
                        Turn.Later.class,
                        later -> assertThat(later.refusal())
                                .isInstanceOfSatisfying(
                                        Refusal.Crowded.class,
                                        crowded -> assertThat(crowded.retryAfter())
                                                .isGreaterThanOrEqualTo(Duration.ofSeconds(1))));
        assertThat(events).contains("refused others crowd");
    }

    @Test
    void hasNoMoreAtWorkThanItHasPlaces() {
        Turns turns = turns(1000, places(3, 0), 1000, List.of());

        Turn first = turns.ask(candidate("a", Lane.OTHERS));
        turns.ask(candidate("b", Lane.OTHERS));
        turns.ask(candidate("c", Lane.OTHERS));

        assertThat(turns.ask(candidate("d", Lane.OTHERS))).isInstanceOf(Turn.Later.class);
        ((Turn.Now) first).end();
        assertThat(turns.ask(candidate("d", Lane.OTHERS))).isInstanceOf(Turn.Now.class);
    }

    @Test
    void callsTheNearlyExpiredBeforeTheOthersThatCameEarlier() throws InterruptedException {
        Turns turns = turns(1000, places(1, 10), 1000, List.of());
        Turn.Now working = (Turn.Now) turns.ask(candidate("working", Lane.OTHERS));
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        IntStream.range(0, 5).forEach(i -> waitInLine(turns, Lane.OTHERS, order, i + 1));
        IntStream.range(0, 5).forEach(i -> waitInLine(turns, Lane.NEARLY_EXPIRED, order, i + 1));

        working.end();

        List<String> called = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            called.add(order.take());
        }
        assertThat(called.subList(0, 5)).containsOnly("NEARLY_EXPIRED");
    }

    @Test
    void letsTheOthersHaveOneTurnInTenBesideAnyNumberOfNearlyExpired() throws InterruptedException {
        Turns turns = turns(1000, places(1, 40), 1000, List.of());
        Turn.Now working = (Turn.Now) turns.ask(candidate("working", Lane.OTHERS));
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        waitInLine(turns, Lane.OTHERS, order, 1);
        IntStream.range(0, 30).forEach(i -> waitInLine(turns, Lane.NEARLY_EXPIRED, order, i + 1));

        working.end();

        List<String> called = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            called.add(order.take());
        }
        assertThat(called).contains("OTHERS");
    }

    @Test
    void sendsAwayWhoFindsTheLineFullWithoutMakingThemWait() {
        Turns turns = turns(1000, places(1, 1), 1000, List.of());
        turns.ask(candidate("working", Lane.OTHERS));
        waitInLine(turns, Lane.OTHERS, new LinkedBlockingQueue<>(), 1);

        assertThat(turns.ask(candidate("late", Lane.OTHERS))).isInstanceOf(Turn.Later.class);
    }

    @Test
    void letsNobodyWaitLongerThanItsPatience() {
        Turns turns = turns(1000, new StormSettings.Places(1, 10, Duration.ofMillis(20)), 1000, List.of());
        turns.ask(candidate("working", Lane.OTHERS));

        assertThat(turns.ask(candidate("late", Lane.OTHERS))).isInstanceOf(Turn.Later.class);
        assertThat(turns.waiting(Lane.OTHERS)).isZero();
    }

    @Test
    void refusesADeviceThatAsksTooOftenAndNoOther() {
        Turns turns = turns(1000, places(100, 0), 3, List.of());

        for (int i = 0; i < 3; i++) {
            ((Turn.Now) turns.ask(candidate("restless", Lane.OTHERS))).end();
        }

        assertThat(turns.ask(candidate("restless", Lane.OTHERS)))
                .isInstanceOfSatisfying(
                        Turn.Later.class, later -> assertThat(later.refusal()).isInstanceOf(Refusal.QuotaSpent.class));
        assertThat(turns.ask(candidate("calm", Lane.OTHERS))).isInstanceOf(Turn.Now.class);
        clock.advance(Duration.ofMinutes(21));
        assertThat(turns.ask(candidate("restless", Lane.OTHERS))).isInstanceOf(Turn.Now.class);
    }

    @Test
    void doesNotCountAgainstADeviceThatItWasSentAwayForTheCrowd() {
        Turns turns = turns(1, places(100, 0), 2, List.of());
        granted(turns, 0, 1);

        for (int i = 0; i < 5; i++) {
            assertThat(turns.ask(candidate("patient", Lane.OTHERS)))
                    .isInstanceOfSatisfying(
                            Turn.Later.class,
                            later -> assertThat(later.refusal()).isInstanceOf(Refusal.Crowded.class));
        }
        clock.advance(Duration.ofSeconds(1));

        assertThat(turns.ask(candidate("patient", Lane.OTHERS))).isInstanceOf(Turn.Now.class);
    }

    @Test
    void holdsACohortToItsLimitAndLetsTheRestGoOn() {
        var slow = new StormSettings.Cohort(
                "field", Optional.of(new LabelName("field")), Optional.empty(), Optional.empty(), 10);
        Turns turns = turns(1000, places(1000, 0), 1000, List.of(slow));

        ((Turn.Now) turns.ask(of("a", "field"))).end();

        assertThat(turns.ask(of("b", "field")))
                .isInstanceOfSatisfying(
                        Turn.Later.class,
                        later -> assertThat(later.refusal())
                                .isInstanceOfSatisfying(
                                        Refusal.QuotaSpent.class,
                                        spent -> assertThat(spent.what()).isEqualTo("requests of the cohort field")));
        assertThat(turns.ask(of("c", "other"))).isInstanceOf(Turn.Now.class);
        clock.advance(Duration.ofMillis(100));
        assertThat(turns.ask(of("b", "field"))).isInstanceOf(Turn.Now.class);
    }

    private void waitInLine(Turns turns, Lane lane, BlockingQueue<String> order, int line) {
        threads.execute(() -> {
            if (turns.ask(candidate(lane + " " + line, lane)) instanceof Turn.Now now) {
                order.add(lane.name());
                now.end();
            }
        });
        await().pollInterval(Duration.ofMillis(1)).until(() -> turns.waiting(lane) == line);
    }

    private int granted(Turns turns, int from, int count) {
        int granted = 0;
        for (int i = from; i < from + count; i++) {
            granted += turns.ask(candidate("device-" + i, Lane.OTHERS)) instanceof Turn.Now ? 1 : 0;
        }
        return granted;
    }

    private Turns turns(int perSecond, StormSettings.Places places, int perDevice, List<StormSettings.Cohort> cohorts) {
        var settings = new StormSettings(
                perSecond,
                places,
                33,
                Duration.ofHours(1),
                new StormSettings.PerDevice(perDevice, Duration.ofHours(1), 1000),
                cohorts);
        return new Turns(settings, _ -> new IssuerName("devices"), clock, new Random(1), new StormEvents() {
            @Override
            public void granted(Lane lane, Duration waited) {}

            @Override
            public void refused(Lane lane, Reason reason, Duration told) {
                events.add("refused " + lane.word() + " " + reason.word());
            }
        });
    }

    private static StormSettings.Places places(int atWork, int waiting) {
        return new StormSettings.Places(atWork, waiting, PATIENT);
    }

    private static Candidate of(String device, String label) {
        return new Candidate(
                device, new LabelName(label), new ProfileName("ldevid"), new IssuerName("devices"), Lane.OTHERS);
    }

    private static Candidate candidate(String device, Lane lane) {
        return new Candidate(
                device, new LabelName("default"), new ProfileName("ldevid"), new IssuerName("devices"), lane);
    }
}
