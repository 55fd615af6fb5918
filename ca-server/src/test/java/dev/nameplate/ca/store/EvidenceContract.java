package dev.nameplate.ca.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.approval.Evidence;
import dev.nameplate.ca.approval.EvidenceArchive;
import dev.nameplate.ca.approval.EvidenceArchive.Kept;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.issuance.RequestFingerprint;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the archive of evidence promises. */
interface EvidenceContract {
    DeviceId SENSOR = new DeviceId("sensor-17");

    EvidenceArchive evidence();

    AuditLog audit();

    @Test
    default void keepsWhatItIsGiven() {
        Kept kept = kept(1, 7, SENSOR);
        evidence().keep(kept, event());

        assertThat(evidence().of(SENSOR, 10)).singleElement().satisfies(found -> {
            assertThat(found.request()).isEqualTo(kept.request());
            assertThat(found.keyHash()).isEqualTo(kept.keyHash());
            assertThat(found.receivedAt()).isEqualTo(kept.receivedAt());
            assertThat(found.evidence().hash()).isEqualTo(kept.evidence().hash());
        });
        assertThat(audit().last().orElseThrow().event().action()).isEqualTo("attestation.kept");
    }

    @Test
    default void saysNothingAgainOfWhatItHas() {
        evidence().keep(kept(1, 7, SENSOR), event());
        evidence().keep(kept(1, 7, SENSOR), event());

        assertThat(audit().entriesAfter(0, 10)).hasSize(1);
    }

    @Test
    default void keepsTheNewestOfARequestAndEveryRequest() {
        evidence().keep(kept(1, 7, SENSOR), event());
        evidence().keep(kept(1, 8, SENSOR), event());
        evidence().keep(kept(2, 9, SENSOR), event());
        evidence().keep(kept(3, 9, new DeviceId("sensor-18")), event());

        assertThat(evidence().of(SENSOR, 10))
                .extracting(kept -> (int) kept.evidence().octets()[0])
                .containsExactly(9, 8);
        assertThat(evidence().of(SENSOR, 1)).hasSize(1);
        assertThat(audit().entriesAfter(0, 10)).hasSize(4);
    }

    private static Kept kept(int request, int content, DeviceId device) {
        return new Kept(
                new RequestFingerprint(Sha256.of(new byte[] {(byte) request})),
                device,
                Sha256.of(new byte[] {5}),
                Samples.NOW.plusSeconds(content),
                new Evidence(new byte[] {(byte) content}));
    }

    private static AuditEvent event() {
        return Cause.SYSTEM.event(Samples.NOW, "attestation.kept", "device:sensor-17", Map.of());
    }
}
