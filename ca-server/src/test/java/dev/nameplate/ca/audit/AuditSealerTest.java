package dev.nameplate.ca.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.testkit.Recipe;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditSealerTest {
    private final Trail trail = Trail.of(3, 100);

    @Test
    void sealsTheLastEntry() {
        assertThat(trail.sealer().sealNow()).get().satisfies(seal -> {
            assertThat(seal.number()).isEqualTo(3);
            assertThat(seal.hash()).isEqualTo(trail.entries.getLast().hash());
            assertThat(seal.signer()).isEqualTo(trail.auditor.certificate().fingerprint());
        });
        assertThat(trail.verify()).isInstanceOf(AuditVerdict.Intact.class);
    }

    @Test
    void sealsNothingTwice() {
        trail.sealer().sealNow();

        assertThat(trail.sealer().sealNow()).isEmpty();
        assertThat(trail.seals).hasSize(1);
    }

    @Test
    void sealsNothingWhereThereIsNothing() {
        assertThat(new Trail().sealer().sealNow()).isEmpty();
    }

    @Test
    void makesUpForAnIntervalWithoutTheToken() {
        SealingKey away = _ -> {
            throw new IllegalStateException("the token is away");
        };
        var sealer = new AuditSealer(trail, away, trail.auditor.certificate(), trail.clock);

        assertThatThrownBy(sealer::sealNow).hasMessage("the token is away");
        trail.write("device.registered", Map.of());

        assertThat(trail.seals).isEmpty();
        assertThat(trail.sealer().sealNow()).get().extracting(AuditSeal::number).isEqualTo(4L);
    }

    @Test
    void recordsNoSealThatTheCertificateDoesNotVerify() {
        var sealer = new AuditSealer(trail, trail.issuer::sign, trail.auditor.certificate(), trail.clock);

        assertThatThrownBy(sealer::sealNow).hasMessageContaining("does not belong to the audit certificate");
        assertThat(trail.seals).isEmpty();
    }

    @Test
    void takesNoOtherCertificateForAnAuditCertificate() {
        var device = Recipe.leaf("CN=sensor-17").by(trail.issuer);

        assertThatThrownBy(() -> new AuditSealer(trail, device::sign, device.certificate(), trail.clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.3.6.1.5.5.7.3.36");
    }
}
