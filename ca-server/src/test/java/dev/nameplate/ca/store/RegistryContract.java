package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.code;
import static dev.nameplate.ca.store.Samples.event;
import static dev.nameplate.ca.store.Samples.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.AuditChain;
import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.audit.AuditSeal;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.IssuerRegistry;
import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.EnrolmentCode;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every registry does, and the trail they share. */
interface RegistryContract extends Ports.Source {
    @Test
    default void registersADeviceOnce() {
        assertThat(register("sensor-17")).isTrue();
        assertThat(register("sensor-17")).isFalse();

        assertThat(ports().devices().find(new DeviceId("sensor-17"))).contains(registered("sensor-17"));
        assertThat(ports().devices().find(new DeviceId("SENSOR-17"))).isEmpty();
        assertThat(ports().audit().entriesAfter(0, 10)).hasSize(1);
    }

    @Test
    default void listsDevicesInOctetOrderPageByPage() {
        List.of("b", "B", "a-1", "a1", "Z0", "a_1").forEach(this::register);

        List<Device> first = ports().devices().list(Optional.empty(), 3);
        List<Device> second = ports().devices().list(Optional.of(first.getLast().id()), 10);

        assertThat(first).extracting(device -> device.id().value()).containsExactly("B", "Z0", "a-1");
        assertThat(second).extracting(device -> device.id().value()).containsExactly("a1", "a_1", "b");
    }

    @Test
    default void keepsCodesOfKnownDevicesOnly() {
        assertThat(ports().codes().add(code("00000000000000aa", "sensor-17"), event("code.created")))
                .isFalse();
        register("sensor-17");

        assertThat(ports().codes().add(code("00000000000000aa", "sensor-17"), event("code.created")))
                .isTrue();

        EnrolmentCode found =
                ports().codes().find(new CodeId("00000000000000aa")).orElseThrow();
        EnrolmentCode made = code("00000000000000aa", "sensor-17");
        assertThat(found.hash().value()).isEqualTo(made.hash().value());
        assertThat(found.hash().salt()).isEqualTo(made.hash().salt());
        assertThat(found.expiresAt()).isEqualTo(made.expiresAt());
        assertThat(found.label()).isEqualTo(made.label());
    }

    @Test
    default void cancelsACodeOnce() {
        register("sensor-17");
        ports().codes().add(code("00000000000000aa", "sensor-17"), event("code.created"));
        var id = new CodeId("00000000000000aa");

        assertThat(ports().codes().cancel(id, Samples.NOW, event("code.cancelled")))
                .isTrue();
        assertThat(ports().codes().cancel(id, Samples.NOW, event("code.cancelled")))
                .isFalse();

        assertThat(ports().codes().of(new DeviceId("sensor-17")))
                .singleElement()
                .satisfies(code -> assertThat(code.cancelledAt()).contains(Samples.NOW));
        assertThat(ports().codes().list(Optional.empty(), 10)).hasSize(1);
        assertThat(ports().codes().list(Optional.of(id), 10)).isEmpty();
    }

    @Test
    default void neverRemovesTheLastActiveAdminNorUsesANameAgain() {
        assertThat(addOperator("alice", Role.ADMIN, Role.AUDITOR)).isTrue();
        assertThat(addOperator("bob", Role.OPERATOR)).isTrue();
        assertThat(removeOperator("alice")).isFalse();
        assertThat(addOperator("carol", Role.ADMIN)).isTrue();
        assertThat(removeOperator("alice")).isTrue();
        assertThat(removeOperator("alice")).isFalse();
        assertThat(removeOperator("carol")).isFalse();
        assertThat(removeOperator("bob")).isTrue();
        assertThat(addOperator("alice", Role.ADMIN)).isFalse();

        assertThat(ports().operators().find(new OperatorName("alice")))
                .contains(new Operator(
                        new OperatorName("alice"),
                        Set.of(Role.ADMIN, Role.AUDITOR),
                        Samples.NOW,
                        Optional.of(Samples.NOW)));
        assertThat(ports().operators().list()).hasSize(3);
        assertThat(ports().audit().entriesAfter(0, 10)).hasSize(5);
    }

    @Test
    default void keepsGenerationsOfIssuersWithTheirChains() {
        var prepared = issuer(IssuerRecord.State.PREPARED, List.of());
        var active = new IssuerRecord(
                Samples.ISSUER,
                IssuerRecord.State.ACTIVE,
                prepared.keyUri(),
                List.of(Samples.certificate(1, "issuer"), Samples.certificate(2, "root")),
                Samples.NOW);

        assertThat(ports().issuers().update(active, event("issuer.activated"))).isFalse();
        assertThat(ports().issuers().add(prepared, event("issuer.prepared"))).isTrue();
        assertThat(ports().issuers().add(prepared, event("issuer.prepared"))).isFalse();
        assertThat(ports().issuers().update(active, event("issuer.activated"))).isTrue();

        assertThat(ports().issuers().list()).containsExactly(active);
        assertThat(ports().audit().entriesAfter(0, 10)).hasSize(2);
    }

    @Test
    default void movesGenerationsTogetherOrNotAtAll() {
        long before = ports().issuers().version();
        var first = issuer(IssuerRecord.State.ACTIVE, List.of(Samples.certificate(1, "issuer")));
        var second = new IssuerRecord(
                new IssuerGeneration(Samples.ISSUER.issuer(), 2),
                IssuerRecord.State.PREPARED,
                "pkcs11:token=ca;object=devices-2",
                List.of(Samples.certificate(2, "issuer")),
                List.of(Samples.certificate(3, "link"), Samples.certificate(4, "link")),
                Samples.NOW,
                Samples.NOW);
        ports().issuers().add(first, event("issuer.founded"));
        ports().issuers().add(second, event("issuer.prepared"));
        var after = Samples.NOW.plusSeconds(60);
        var back = new IssuerRegistry.Move(IssuerRecord.State.ACTIVE, first.in(IssuerRecord.State.PUBLISHED, after));
        var tooEarly =
                new IssuerRegistry.Move(IssuerRecord.State.PUBLISHED, second.in(IssuerRecord.State.ACTIVE, after));
        var right = new IssuerRegistry.Move(IssuerRecord.State.PREPARED, second.in(IssuerRecord.State.ACTIVE, after));

        assertThat(ports().issuers().move(List.of(back, tooEarly), event("issuer.activated")))
                .isFalse();
        assertThat(ports().issuers().list()).containsExactly(first, second);
        assertThat(ports().issuers().move(List.of(back, right), event("issuer.activated")))
                .isTrue();

        assertThat(ports().issuers().list()).containsExactly(back.to(), right.to());
        assertThat(ports().audit().entriesAfter(0, 10)).hasSize(3);
        assertThat(ports().issuers().version()).isNotEqualTo(before);
    }

    @Test
    default void chainsTheTrailOfAllChanges() {
        register("a");
        register("b");
        register("c");

        List<AuditEntry> entries = ports().audit().entriesAfter(0, 10);

        Optional<AuditEntry> last = Optional.empty();
        for (AuditEntry entry : entries) {
            assertThat(entry).isEqualTo(new AuditChain().link(last, entry.event()));
            last = Optional.of(entry);
        }
        assertThat(entries).hasSize(3);
        assertThat(ports().audit().last()).isEqualTo(last);
        assertThat(ports().audit().entriesAfter(1, 1)).containsExactly(entries.get(1));
    }

    @Test
    default void keepsOneSealPerEntryAndSigner() {
        Sha256 hash = Sha256.of(new byte[1]);
        var seal = new AuditSeal(7, hash, Samples.NOW, hash, new byte[] {1});
        ports().audit().seal(seal);
        ports().audit().seal(new AuditSeal(7, hash, Samples.NOW, hash, new byte[] {2}));
        ports().audit().seal(new AuditSeal(9, hash, Samples.NOW, hash, new byte[] {3}));

        assertThat(ports().audit().sealsAfter(0, 10))
                .extracting(kept -> kept.signature()[0])
                .containsExactly((byte) 1, (byte) 3);
        assertThat(ports().audit().sealsAfter(7, 10)).hasSize(1);
    }

    private boolean register(String name) {
        return ports().devices().register(registered(name), event("device.registered"));
    }

    private boolean addOperator(String name, Role... roles) {
        var operator = new Operator(new OperatorName(name), Set.of(roles), Samples.NOW, Optional.empty());
        return ports().operators().add(operator, event("operator.added"));
    }

    private boolean removeOperator(String name) {
        return ports().operators().remove(new OperatorName(name), Samples.NOW, event("operator.removed"));
    }

    private static IssuerRecord issuer(IssuerRecord.State state, List<dev.nameplate.ca.pki.CertificateDer> chain) {
        return new IssuerRecord(Samples.ISSUER, state, "pkcs11:token=ca;object=devices-1", chain, Samples.NOW);
    }
}
