package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NobodyElsesKeyTest {
    private final Request request = Asked.of(Csrs.named("sensor-17"));

    @Test
    void refusesAnothersKeyAndTheCasOwn() {
        for (Holder holder : new Holder[] {Holder.of(new DeviceId("sensor-18")), Holder.ofCa("issuer-devices/1")}) {
            assertThat(new NobodyElsesKey(hash -> Optional.of(holder)).objectionTo(request))
                    .contains(new Refusal.KeyTaken());
        }
    }

    @Test
    void takesAFreshKeyAndOnesOwn() {
        Holder own = Holder.of(new DeviceId("sensor-17"));

        assertThat(new NobodyElsesKey(hash -> Optional.empty()).objectionTo(request))
                .isEmpty();
        assertThat(new NobodyElsesKey(hash -> Optional.of(own)).objectionTo(request))
                .isEmpty();
    }
}
