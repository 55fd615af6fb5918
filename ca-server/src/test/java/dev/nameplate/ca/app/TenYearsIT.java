package dev.nameplate.ca.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.audit.AuditExport;
import dev.nameplate.ca.audit.AuditVerdict;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.CodeCreation;
import dev.nameplate.ca.device.CodeRequest;
import dev.nameplate.ca.device.CodeSettings;
import dev.nameplate.ca.device.Codes;
import dev.nameplate.ca.device.Devices;
import dev.nameplate.ca.enrollment.NewOperators;
import dev.nameplate.ca.enrollment.OperatorAdmission;
import dev.nameplate.ca.factory.Stations;
import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Secret;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.rotation.Horizon;
import dev.nameplate.ca.rotation.HorizonAlarm;
import dev.nameplate.ca.rotation.KeyEntry;
import dev.nameplate.ca.testkit.Csrs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten years of a CA on SoftHSM, five days at a time. Nobody does anything but devices, and they renew when they are due. */
class TenYearsIT {
    private static final Duration STEP = Duration.ofDays(5);
    private static final int DAYS = 3652;

    /** A third of the settings' P120D: late, but in time. */
    private static final Duration RENEWS = Duration.ofDays(40);

    /** A station's certificate lasts 14 days. */
    private static final Duration STATION_RENEWS = Duration.ofDays(8);

    private static final OperatorName ADMIN = new OperatorName("admin");

    private final Map<HorizonAlarm, Instant> alarms = new EnumMap<>(HorizonAlarm.class);

    /** When the certificates end, or ended, that were seen in use. */
    private final Map<String, Set<Instant>> ends = new TreeMap<>();

    private int operatorsRenewed;

    @Test
    void everyKeyChangesEveryAlarmIsRaisedAndEveryDeviceRenews(@TempDir Path directory) throws IOException {
        try (SimulatedHome home = new SimulatedHome(directory, TenYearsIT::ending);
                Server server = home.start()) {
            List<SimulatedDevice> fleet = fleet(home, server);
            SimulatedLine line = line(home, server);
            SimulatedDevice station = line.station();
            Instant end = horizon(server).stops();
            usesTheMessagesKey(server);

            for (int step = 0; step < DAYS / STEP.toDays(); step++) {
                home.clock.advance(STEP);
                Instant now = home.clock.instant();
                server.turn();
                fleet.stream().filter(device -> device.due(RENEWS, now)).forEach(SimulatedDevice::renew);
                if (station.due(STATION_RENEWS, now)) {
                    station.renew();
                }
                renewsTheAdministratorWhenDoctorSaysSo(server, now);
                seesNothingOld(server, fleet, now);
                assertThat(station.notAfter()).as("the station at %s", now).isAfter(now);
                listsNothingOld(server, now);
                alarms.putIfAbsent(horizon(server).alarm(), now);
                tellsTheHorizonToDoctorAndMetrics(server, home, now);
            }

            changedEveryKeyInItsTime(server);
            changedTheCertificatesOfTheDoors();
            assertThat(operatorsRenewed).as("times an administrator renewed").isBetween(10, 11);
            assertThat(line.keks()).as("key-encryption keys of the batch").isBetween(10, 11);
            assertThat(line.destroyed()).isBetween(line.keks() - 2, line.keks() - 1);
            raisedEveryAlarmOnItsDay(end);
            verifiesAcrossEverySigner(server);
        }
    }

    /** Ten years and seven weeks: the last alarm, three months before the end, falls into the ten years. */
    private static String ending(String settings) {
        return settings.replace("validity: P7300D", "validity: P3700D");
    }

    private static void seesNothingOld(Server server, List<SimulatedDevice> fleet, Instant now) {
        assertThat(server.watch().find())
                .as("at %s", now)
                .extracting(Finding::state)
                .isEqualTo(Finding.State.OK);
        assertThat(fleet).as("at %s", now).allMatch(device -> device.notAfter().isAfter(now));
    }

    private void renewsTheAdministratorWhenDoctorSaysSo(Server server, Instant now) {
        Finding finding = new OperatorCheck(server.core()).find();
        Instant ends = newestOf(server);
        boolean due = !now.isBefore(ends.minus(Duration.ofDays(30)));
        assertThat(finding.state())
                .as("%s at %s", finding, now)
                .isEqualTo(due ? Finding.State.WARNING : Finding.State.OK);
        if (due) {
            assertThat(ends).as("said in time").isAfter(now.plus(Duration.ofDays(20)));
            var wish = new NewOperators.Wish(ADMIN, ADMIN, Csrs.named(ADMIN.value()));
            assertThat(new NewOperators(
                                    server.core().issuing().operators(),
                                    server.core().issuing().operatorEnrollment())
                            .certify(wish, Cause.SYSTEM))
                    .isInstanceOf(OperatorAdmission.Admitted.class);
            operatorsRenewed++;
        }
    }

    private static Instant newestOf(Server server) {
        return server
                .core()
                .records()
                .ledger()
                .list(new CertificateQuery(Optional.of(Holder.of(ADMIN)), Optional.empty(), Optional.empty(), 100))
                .stream()
                .map(IssuedCertificate::notAfter)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static void tellsTheHorizonToDoctorAndMetrics(Server server, SimulatedHome home, Instant now) {
        Horizon horizon = horizon(server);
        assertThat(gauge(home, "nameplate.horizon.alarm"))
                .as("at %s", now)
                .isEqualTo(List.of(
                                HorizonAlarm.NONE,
                                HorizonAlarm.MONTHS_24,
                                HorizonAlarm.MONTHS_12,
                                HorizonAlarm.MONTHS_6,
                                HorizonAlarm.MONTHS_3)
                        .indexOf(horizon.alarm()));
        assertThat(gauge(home, "nameplate.horizon.left.seconds"))
                .isEqualTo((double) Duration.between(now, horizon.stops()).toSeconds());
        assertThat(server.horizons().find().state())
                .isEqualTo(horizon.alarm() == HorizonAlarm.NONE ? Finding.State.OK : Finding.State.WARNING);
    }

    private static double gauge(SimulatedHome home, String name) {
        return home.metrics
                .get(name)
                .tags("issuer", "devices/1", "profile", "ldevid")
                .gauge()
                .value();
    }

    private void changedTheCertificatesOfTheDoors() {
        for (String door : List.of("door-device", "door-operator")) {
            assertThat(ends.get(door)).as(door).hasSizeBetween(DAYS / 66, DAYS / 60 + 1);
        }
    }

    private void listsNothingOld(Server server, Instant now) {
        List<KeyEntry> keys = server.rotations().inventory().all();
        assertThat(keys).extracting(KeyEntry::state).isSubsetOf("active", "retired", "replaced, 0 keys under it");
        for (KeyEntry key : keys) {
            if (key.state().equals("active")) {
                key.times()
                        .certificateEnds()
                        .ifPresent(end -> ends.computeIfAbsent(key.purpose(), _ -> new TreeSet<>())
                                .add(end));
                assertThat(key.times().certificateEnds().orElse(Instant.MAX))
                        .as("%s at %s", key, now)
                        .isAfter(now);
                assertThat(
                                key.purpose().startsWith("issuer ")
                                        ? Instant.MAX
                                        : key.times().next().orElse(Instant.MAX))
                        .as("%s at %s", key, now)
                        .isAfter(now.minus(STEP));
            }
        }
    }

    /** It is made when it is first needed. */
    private static void usesTheMessagesKey(Server server) {
        assertThat(server.rotations().messages().orElseThrow().signer().certificates())
                .isNotEmpty();
    }

    private static void changedEveryKeyInItsTime(Server server) {
        Map<String, Integer> made = new TreeMap<>();
        server.core().ownKeys().list().forEach(key -> made.merge(key.purpose(), key.number(), Math::max));

        assertThat(made.get("audit")).isBetween(10, 11);
        assertThat(made.keySet())
                .contains("messages", "responder-devices-1", "responder-factory-1", "responder-root-1");
        made.forEach((purpose, number) -> assertThat(number)
                .as(purpose)
                .isGreaterThanOrEqualTo(purpose.startsWith("responder-") ? DAYS / 95 : 10));
        assertThat(server.core().vault().list()).hasSizeLessThanOrEqualTo(3 + 2 * made.size());
    }

    private void raisedEveryAlarmOnItsDay(Instant end) {
        Map<HorizonAlarm, Integer> months = Map.of(
                HorizonAlarm.MONTHS_24, 24,
                HorizonAlarm.MONTHS_12, 12,
                HorizonAlarm.MONTHS_6, 6,
                HorizonAlarm.MONTHS_3, 3);
        months.forEach((alarm, before) -> assertThat(alarms.get(alarm))
                .as("%s", alarm)
                .isBetween(
                        end.atOffset(ZoneOffset.UTC).minusMonths(before).toInstant(),
                        end.atOffset(ZoneOffset.UTC)
                                .minusMonths(before)
                                .toInstant()
                                .plus(STEP)));
    }

    /** Offline, with nothing but the export and the root's fingerprint. */
    private static void verifiesAcrossEverySigner(Server server) throws IOException {
        long last =
                server.core().records().audit().last().map(AuditEntry::number).orElse(0L);
        server.rotations().audit().seal();
        var export = new ByteArrayOutputStream();
        new AuditExport(
                        server.core().records().audit(),
                        server.rotations().audit()::certificates,
                        server.core().means().clock())
                .writeTo(export);
        Sha256 root = server.core().authorities().all().stream()
                .filter(issuer -> issuer.generation().issuer().value().equals("root"))
                .map(issuer -> issuer.chain().getFirst().fingerprint())
                .findFirst()
                .orElseThrow();

        AuditVerdict verdict = AuditExport.verify(new ByteArrayInputStream(export.toByteArray()), Optional.of(root));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        AuditVerdict.Intact.class,
                        intact -> assertThat(intact.entries()).isGreaterThanOrEqualTo(last));
    }

    private static SimulatedLine line(SimulatedHome home, Server server) {
        Records.Registries registries = server.core().records().registries();
        var devices = new Devices(registries.devices(), home.clock);
        return new SimulatedLine(
                server,
                new Stations(
                        server.core().records().factory().stations(),
                        devices,
                        codes(home, registries),
                        server.core().issuing().operators(),
                        home.clock));
    }

    private static Codes codes(SimulatedHome home, Records.Registries registries) {
        return new Codes(
                registries.codes(),
                registries.devices(),
                Codes.Labels.of(Set.of(LabelName.NONE, Stations.LABEL)),
                CodeSettings.defaults(),
                home.clock,
                home.means().random());
    }

    private static Horizon horizon(Server server) {
        return server.horizons().horizons().all().stream()
                .filter(horizon -> horizon.cohort().profile().value().equals("ldevid"))
                .findFirst()
                .orElseThrow();
    }

    private static List<SimulatedDevice> fleet(SimulatedHome home, Server server) {
        Records.Registries registries = server.core().records().registries();
        var devices = new Devices(registries.devices(), home.clock);
        Codes codes = codes(home, registries);
        List<SimulatedDevice> fleet = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            var id = new DeviceId("sensor-" + i);
            devices.register(id, Map.of(), Cause.SYSTEM);
            Secret code = ((CodeCreation.Created)
                            codes.create(new CodeRequest(id, Optional.empty(), Optional.empty()), Cause.SYSTEM))
                    .text();
            fleet.add(new SimulatedDevice(id.value(), server.est(), code));
            home.clock.advance(Duration.ofHours(7));
        }
        return fleet;
    }
}
