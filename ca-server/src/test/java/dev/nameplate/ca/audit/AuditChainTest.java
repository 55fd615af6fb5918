package dev.nameplate.ca.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditChainTest {
    private static final AuditEvent EVENT = new AuditEvent(
            Instant.parse("2026-11-21T08:00:00.120000456Z"),
            "device.registered",
            new Actor("operator:admin"),
            "device:sensor-17",
            Optional.of(new RequestId("0123456789abcdef")),
            Map.of("b", "two", "a", "one"));

    private final AuditChain chain = new AuditChain();

    @Test
    void hashesWhatItsDescriptionSays() {
        String json =
                "{\"action\":\"device.registered\",\"actor\":\"operator:admin\",\"at\":\"2026-11-21T08:00:00.120Z\","
                        + "\"facts\":{\"a\":\"one\",\"b\":\"two\"},\"request\":\"0123456789abcdef\",\"subject\":\"device:sensor-17\"}";

        AuditEntry first = chain.link(Optional.empty(), EVENT);

        assertThat(first.number()).isEqualTo(1);
        assertThat(first.previous()).isEqualTo(Sha256.fromOctets(new byte[32]));
        assertThat(first.hash())
                .isEqualTo(Sha256.of(
                        "nameplate-audit-v1".getBytes(StandardCharsets.US_ASCII),
                        ByteBuffer.allocate(8).putLong(1).array(),
                        new byte[32],
                        json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void hangsEachEntryOnTheOneBefore() {
        AuditEntry first = chain.link(Optional.empty(), EVENT);

        AuditEntry second = chain.link(Optional.of(first), EVENT);

        assertThat(second.number()).isEqualTo(2);
        assertThat(second.previous()).isEqualTo(first.hash());
        assertThat(second.hash()).isNotEqualTo(first.hash());
    }

    @Test
    void hashesTheSameAfterTheEventWentThroughADatabaseWithMilliseconds() {
        var stored = new AuditEvent(
                Instant.ofEpochMilli(EVENT.at().toEpochMilli()),
                EVENT.action(),
                EVENT.actor(),
                EVENT.subject(),
                EVENT.request(),
                EVENT.facts());

        assertThat(chain.link(Optional.empty(), stored)).isEqualTo(chain.link(Optional.empty(), EVENT));
    }

    @Test
    void keepsAStrangersTextSoThatItCanBeStored() {
        var event = new AuditEvent(
                EVENT.at(),
                "device.registered",
                Actor.SYSTEM,
                "a\u0000b\ud800c",
                Optional.empty(),
                Map.of("long", "x".repeat(5000)));

        assertThat(event.subject()).isEqualTo("a\ufffdb\ufffdc");
        assertThat(event.facts().get("long")).hasSize(1000);
    }
}
