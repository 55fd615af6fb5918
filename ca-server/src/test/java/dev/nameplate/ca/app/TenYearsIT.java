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
import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.Secret;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.rotation.Horizon;
import dev.nameplate.ca.rotation.HorizonAlarm;
import dev.nameplate.ca.rotation.KeyEntry;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten years of a CA on SoftHSM, five days at a time. Nobody does anything but devices, and they renew when they are due. */
class TenYearsIT {
    private static final Duration STEP = Duration.ofDays(5);
    private static final int DAYS = 3652;

    /** A third of the settings' P120D: late, but in time. */
    private static final Duration RENEWS = Duration.ofDays(40);

    private final Map<HorizonAlarm, Instant> alarms = new EnumMap<>(HorizonAlarm.class);

    @Test
    void everyKeyChangesEveryAlarmIsRaisedAndEveryDeviceRenews(@TempDir Path directory) throws IOException {
        try (SimulatedHome home = new SimulatedHome(directory, TenYearsIT::ending);
                Server server = home.start()) {
            List<SimulatedDevice> fleet = fleet(home, server);
            Instant end = horizon(server).stops();

            for (int step = 0; step < DAYS / STEP.toDays(); step++) {
                home.clock.advance(STEP);
                Instant now = home.clock.instant();
                server.turn();
                fleet.stream().filter(device -> device.due(RENEWS, now)).forEach(SimulatedDevice::renew);
                seesNothingOld(server, fleet, now);
                listsNothingOld(server, now);
                alarms.putIfAbsent(horizon(server).alarm(), now);
            }

            changedEveryKeyInItsTime(server);
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

    private static void listsNothingOld(Server server, Instant now) {
        List<KeyEntry> keys = server.rotations().inventory().all();
        assertThat(keys).extracting(KeyEntry::state).isSubsetOf("active", "retired");
        for (KeyEntry key : keys) {
            if (key.state().equals("active")) {
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

    private static void changedEveryKeyInItsTime(Server server) {
        Map<String, Integer> made = new TreeMap<>();
        server.core().ownKeys().list().forEach(key -> made.merge(key.purpose(), key.number(), Math::max));

        assertThat(made.get("audit")).isBetween(10, 11);
        assertThat(made.keySet()).contains("responder-devices-1", "responder-factory-1", "responder-root-1");
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

    private static Horizon horizon(Server server) {
        return server.horizons().horizons().all().stream()
                .filter(horizon -> horizon.cohort().profile().value().equals("ldevid"))
                .findFirst()
                .orElseThrow();
    }

    private static List<SimulatedDevice> fleet(SimulatedHome home, Server server) {
        Records.Registries registries = server.core().records().registries();
        var devices = new Devices(registries.devices(), home.clock);
        var codes = new Codes(
                registries.codes(),
                registries.devices(),
                Codes.Labels.of(Set.of(LabelName.NONE)),
                CodeSettings.defaults(),
                home.clock,
                home.means().random());
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
