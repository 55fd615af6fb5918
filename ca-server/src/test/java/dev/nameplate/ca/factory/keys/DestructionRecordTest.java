package dev.nameplate.ca.factory.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.hsm.KekDestruction;
import dev.nameplate.hsm.KeyEncryptionKey;
import dev.nameplate.hsm.KeyId;
import dev.nameplate.hsm.TokenFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DestructionRecordTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @Test
    void saysWhatWasDestroyedAndWhatThatDoesNotProve() {
        String text = new String(destroyed().octets(), UTF_8);

        assertThat(text)
                .startsWith(
                        "{\"at\":\"2026-11-21T08:00:00.000Z\",\"batch\":\"batch-1\",\"destruction\":{\"destroyed\":1,"
                                + "\"foundAfterwards\":0,\"token\":{\"firmware\":\"2.6\"")
                .contains(
                        "\"kek\":{\"checkValue\":\"3b4d92\",\"handover\":\"encrypted inside the token\",\"id\":\"0a0b\"")
                .contains("\"keys\":{\"confirmed\":1,\"count\":2,\"delivered\":2,")
                .contains("\"notProved\":[\"what became of copies that the station")
                .contains("\"operators\":[\"ada\"]")
                .contains("\"previous\":\"" + "00".repeat(32) + "\"");
    }

    @Test
    void isReadAsItWasWritten() {
        DestructionRecord written = destroyed();

        assertThat(DestructionRecord.parse(written.octets())).isEqualTo(written);
    }

    @Test
    void isNotReadInAnyOtherForm() {
        String text = new String(destroyed().octets(), UTF_8);

        for (String other :
                List.of("", "{}", "[]", text + " ", text.replace("\"count\":2", "\"count\":2,\"more\":1"))) {
            assertThatThrownBy(() -> DestructionRecord.parse(other.getBytes(UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void namesTheRecordBeforeIt() {
        DestructionRecord first = destroyed();
        DestructionRecord second = new DestructionRecord(
                first.name(), NOW, first.keys(), true, first.destruction(), first.operators(), first.hash());

        assertThat(DestructionRecord.parse(second.octets()).previous()).isEqualTo(first.hash());
    }

    @Test
    void coversWhenEachKeyWasDeliveredAndConfirmed() {
        KeyFate fate = fate("a", Optional.of(NOW));

        assertThat(InjectedKeys.of(Stream.of(fate)).root())
                .isNotEqualTo(
                        InjectedKeys.of(Stream.of(fate("a", Optional.empty()))).root());
        assertThat(InjectedKeys.of(Stream.of(fate))).isEqualTo(InjectedKeys.of(Stream.of(fate)));
        assertThat(InjectedKeys.of(Stream.empty()).count()).isZero();
    }

    private static DestructionRecord destroyed() {
        return new DestructionRecord(
                new KekName("batch-1", "station-1"),
                NOW.plusNanos(1),
                InjectedKeys.of(Stream.of(fate("a", Optional.of(NOW)), fate("b", Optional.empty()))),
                true,
                new KekDestruction(
                        new KeyEncryptionKey(new KeyId("0a0b"), "kek/batch-1/station-1", "3b4d92", false),
                        1,
                        0,
                        new TokenFacts("nameplate", "SoftHSM project", "SoftHSM v2", "fd4f", "2.6", "2.6")),
                List.of("ada"),
                DestructionRecord.NONE);
    }

    private static KeyFate fate(String key, Optional<Instant> confirmed) {
        return new KeyFate(Sha256.of(key.getBytes(UTF_8)), Optional.of(NOW.minusSeconds(5)), confirmed);
    }
}
