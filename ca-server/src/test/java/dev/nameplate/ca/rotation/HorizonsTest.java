package dev.nameplate.ca.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HorizonsTest {
    private static final Cohort LDEVIDS =
            new Cohort(new IssuerGeneration(SampleProfiles.DEVICES, 1), SampleProfiles.LDEVID);

    private final TestCa ca = TestCa.whoseIssuerLasts(Duration.ofDays(3650));
    private final Instant end =
            ca.authorities.activeKeyFor(SampleProfiles.DEVICES).orElseThrow().notAfter();
    private final List<CohortSize> fleet = new ArrayList<>();
    private final List<HorizonAlarm> raised = new ArrayList<>();
    private final Horizons horizons = new Horizons(ca.authorities, ca.profiles, _ -> fleet, ca.clock, this::looked);

    @Test
    void findsTheEndOfTheIssuerUnderARootForEver() {
        assertThat(ldevids().stops()).isEqualTo(end);
        assertThat(ldevids().alarm()).isEqualTo(HorizonAlarm.NONE);
        assertThat(ldevids().shortensFrom()).contains(end.minus(Duration.ofDays(365)));
    }

    @Test
    void raisesAnAlarmAt24And12And6And3MonthsAndAtTheEnd() {
        for (int months : List.of(25, 24, 13, 12, 7, 6, 4, 3, 1, 0)) {
            ca.clock.set(end.atOffset(ZoneOffset.UTC).minusMonths(months).toInstant());
            horizons.look();
        }

        assertThat(raised)
                .containsExactly(
                        HorizonAlarm.MONTHS_24,
                        HorizonAlarm.MONTHS_12,
                        HorizonAlarm.MONTHS_6,
                        HorizonAlarm.MONTHS_3,
                        HorizonAlarm.OVER);
    }

    @Test
    void raisesNoAlarmASecondEarly() {
        ca.clock.set(
                end.atOffset(ZoneOffset.UTC).minusMonths(24).minusSeconds(1).toInstant());

        assertThat(ldevids().alarm()).isEqualTo(HorizonAlarm.NONE);
    }

    @Test
    void keepsQuietOfARetiredIssuerWhoseCertificatesEndBeforeIt() {
        ca.clock.set(end.minus(Duration.ofDays(80)));
        retire();
        counted(end.minus(Duration.ofDays(10)));

        assertThat(ldevids().alarm()).isEqualTo(HorizonAlarm.NONE);
        assertThat(ldevids().size().orElseThrow().certificates()).isEqualTo(7);
    }

    @Test
    void warnsOfARetiredIssuerWithCertificatesThatLastAsLong() {
        ca.clock.set(end.minus(Duration.ofDays(80)));
        retire();
        counted(end);

        assertThat(ldevids().alarm()).isEqualTo(HorizonAlarm.MONTHS_3);
    }

    @Test
    void forgetsARetiredIssuerThatHasNoCertificatesLeft() {
        retire();

        assertThat(horizons.all())
                .extracting(horizon -> horizon.cohort().issuer().issuer())
                .doesNotContain(SampleProfiles.DEVICES);
    }

    private Horizon ldevids() {
        return horizons.all().stream()
                .filter(horizon -> horizon.cohort().equals(LDEVIDS))
                .findFirst()
                .orElseThrow();
    }

    private void counted(Instant lastEnds) {
        fleet.add(new CohortSize(LDEVIDS, 7, lastEnds));
        horizons.count();
    }

    private void retire() {
        IssuerRecord active = ca.store.issuers().list().stream()
                .filter(issuer -> issuer.generation().equals(LDEVIDS.issuer()))
                .findFirst()
                .orElseThrow();
        var retired = new IssuerRecord(
                active.generation(), IssuerRecord.State.RETIRED, active.keyUri(), active.chain(), active.createdAt());
        ca.store
                .issuers()
                .update(
                        retired,
                        Cause.SYSTEM.event(ca.clock.instant(), "issuer.retired", "issuer:devices/1", Map.of()));
        ca.authorities.reload();
    }

    private void looked(List<Horizon> all, List<Horizon> nearer) {
        nearer.stream()
                .filter(horizon -> horizon.cohort().equals(LDEVIDS))
                .map(Horizon::alarm)
                .forEach(raised::add);
    }
}
