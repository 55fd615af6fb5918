package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.renewal.Campaign;
import dev.nameplate.ca.renewal.Goal;
import dev.nameplate.ca.renewal.HeldCertificate;
import dev.nameplate.ca.renewal.Pull;
import dev.nameplate.ca.renewal.PullId;
import dev.nameplate.ca.renewal.Selector;
import dev.nameplate.ca.renewal.Window;
import dev.nameplate.ca.revocation.Order;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both databases keep campaigns, and go through the fleet for them. */
final class CampaignIT {
    @Nested
    final class Embedded extends On {
        @TempDir
        private Path directory;

        @Override
        Database open() {
            return Database.open(DatabaseSettings.embedded(), directory);
        }
    }

    @Nested
    final class Postgres extends On {
        @Override
        Database open() {
            return Database.open(PostgresSettings.ofNew(), Path.of("unused"));
        }
    }

    abstract static class On {
        private static final Goal NONE = Goal.RENEWED;
        private static final Goal BOTH = new Goal(
                Optional.of(KeyAlgorithm.EC_P384), Optional.of(new IssuerGeneration(new IssuerName("devices"), 2)));

        private Database database;
        private JooqCampaignStore campaigns;

        abstract Database open();

        @BeforeEach
        void begin() {
            database = open();
            campaigns = new JooqCampaignStore(database);
        }

        @AfterEach
        void end() {
            database.close();
        }

        @Test
        void findsACampaignAsItWasMadeAndStopped() {
            campaigns.add(campaign(1, NONE), event("campaign.created"));
            campaigns.add(campaign(2, BOTH), event("campaign.created"));
            var word = new Pull.Word(new Actor("operator:eve"), Samples.NOW.plusSeconds(9));
            new JooqPullStore(database).cancel(campaign(1, NONE).pull().id(), word, event("renewal.cancelled"));

            assertThat(campaigns.find(campaign(2, BOTH).pull().id())).contains(campaign(2, BOTH));
            assertThat(campaigns.newest(9)).extracting(Campaign::name).containsExactly("2", "1");
            assertThat(campaigns.newest(9).getLast().pull().cancelled()).contains(word);
            assertThat(campaigns.find(new PullId("ffffffffffffffff"))).isEmpty();
            assertThat(new JooqAuditLog(database).entriesAfter(0, 10)).hasSize(3);
        }

        @Test
        void goesThroughTheFleetDeviceByDevice() {
            register("b", "one", 2, 1);
            register("a", "two", 3);
            register("c", "one", 4, 5);
            Ports.of(database)
                    .revocations()
                    .apply(
                            new Order(
                                    new Wish.Revoke(RevocationReason.SUPERSEDED, Optional.empty()),
                                    Samples.NOW,
                                    Cause.SYSTEM),
                            Samples.ISSUER,
                            Samples.serial(5));

            assertThat(fleet(Map.of("key", "ec-p256")))
                    .extracting(one -> one.device() + " " + one.serial() + " "
                            + one.attributes().get("chip"))
                    .containsExactly("a 03 two", "b 01 one", "b 02 one", "c 04 one");
            assertThat(fleet(Map.of("key", "rsa-2048"))).isEmpty();
            assertThat(fleet(Map.of("generation", "devices/2"))).isEmpty();
            assertThat(fleet(Map.of("profile", "ldevid", "issuer", "devices")))
                    .hasSize(4)
                    .allSatisfy(one -> {
                        assertThat(one.key()).contains(KeyAlgorithm.EC_P256);
                        assertThat(one.issuer()).isEqualTo(Samples.ISSUER);
                        assertThat(one.profile()).isEqualTo(Samples.PROFILE);
                        assertThat(one.issuedAt()).isEqualTo(Samples.NOW);
                        assertThat(one.notAfter()).isEqualTo(Samples.NOW.plus(Duration.ofDays(365)));
                    });
        }

        private List<HeldCertificate> fleet(Map<String, String> words) {
            List<HeldCertificate> all = new ArrayList<>();
            campaigns.fleet(Selector.of(words), all::add);
            return all;
        }

        private void register(String name, String chip, int... serials) {
            Ports ports = Ports.of(database);
            var device = new Device(new DeviceId(name), Device.State.ACTIVE, Map.of("chip", chip), Samples.NOW);
            ports.devices().register(device, event("device.registered"));
            for (int serial : serials) {
                ports.ledger().record(Samples.added(serial, "key " + serial, name), Samples.issued());
            }
        }

        private static Campaign campaign(int number, Goal goal) {
            var made = new Pull.Word(new Actor("operator:eve"), Samples.NOW.plusSeconds(number));
            return new Campaign(
                    new Pull(
                            new PullId("000000000000000" + number),
                            Selector.of(Map.of("profile", "ldevid")),
                            new Window(Samples.NOW, Samples.NOW.plus(Duration.ofDays(7))),
                            new Pull.Why("because", Optional.empty()),
                            made,
                            Optional.empty()),
                    Integer.toString(number),
                    goal);
        }
    }
}
