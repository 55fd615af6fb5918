package dev.nameplate.ca.store;

import static dev.nameplate.ca.store.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.enrollment.KeptKeys;
import dev.nameplate.ca.enrollment.KeptKeys.KeptKey;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.testkit.DeviceKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What keeping sealed keys promises. */
interface KeptKeysContract {
    Instant NOW = Samples.NOW;

    KeptKeys kept();

    AuditLog audit();

    @Test
    default void findsWhatItKeepsUntilItsTimeIsOver() {
        KeptKey key = key(1);
        assertThat(kept().keep(key, NOW, event("key.kept")).message()).isEqualTo(key.message());

        KeptKey found = kept().find(key.request(), NOW).orElseThrow();

        assertThat(found.message()).isEqualTo(key.message());
        assertThat(found.publicKey()).isEqualTo(key.publicKey());
        assertThat(found.until()).isEqualTo(key.until());
        assertThat(kept().find(key.request(), key.until())).isEmpty();
        assertThat(kept().find(key(2).request(), NOW)).isEmpty();
    }

    @Test
    default void keepsTheFirstOfTwoForOneRequestAndSaysSoOnce() {
        KeptKey first = key(1);
        kept().keep(first, NOW, event("key.kept"));

        KeptKey stands = kept().keep(key(1), NOW, event("key.kept"));

        assertThat(stands.message()).isEqualTo(first.message());
        assertThat(audit().entriesAfter(0, 10)).hasSize(1);
    }

    @Test
    default void keepsAnotherWhenTheFirstIsOverItsTime() {
        KeptKey first = key(1);
        kept().keep(first, NOW, event("key.kept"));
        KeptKey second = new KeptKey(first.request(), key(9).publicKey(), new byte[] {9}, NOW.plusSeconds(120));

        assertThat(kept().keep(second, first.until(), event("key.kept")).message())
                .containsExactly(9);
        assertThat(kept().find(first.request(), first.until()).orElseThrow().message())
                .containsExactly(9);
    }

    @Test
    default void forgetsWhatIsOverItsTimeAndNothingElse() {
        KeptKey key = key(1);
        kept().keep(key, NOW, event("key.kept"));

        kept().forget(key.until().minusSeconds(1));
        assertThat(kept().find(key.request(), NOW)).isPresent();
        kept().forget(key.until());

        assertThat(kept().find(key.request(), NOW)).isEmpty();
    }

    @Test
    default void recordsADelivery() {
        kept().note(event("key.delivered"));

        assertThat(audit().last().orElseThrow().event().action()).isEqualTo("key.delivered");
    }

    private static KeptKey key(int number) {
        return new KeptKey(
                Sha256.of(new byte[] {(byte) number}),
                DeviceKey.p256().publicKey(),
                new byte[] {1, 2, (byte) number},
                NOW.plusSeconds(60));
    }
}
