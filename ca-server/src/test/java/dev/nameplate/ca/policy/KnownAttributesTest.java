package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownAttributesTest {
    @Test
    void leavesLinksToTheSessionToWhoKnowsTheSession() {
        assertThat(objectionTo("1.2.840.113549.1.9.7")).isEmpty();
        assertThat(objectionTo("1.2.840.113549.1.9.16.2.58")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.840.113549.1.9.7", "1.2.840.113549.1.9.16.2.58"})
    void refusesLinksWhereThereIsNoSessionOfTheKeysOwner(String type) {
        var csr = Csrs.by(DeviceKey.p256()).attribute(type, "x").csr();

        assertThat(new NoChallenges().objectionTo(Asked.of(csr)))
                .get()
                .isInstanceOf(Refusal.AttributeNotSupported.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.3.6.1.5.5.7.7.36", "1.2.840.113549.1.9.16.2.56", "1.2.840.113549.1.9.16.2.57"})
    void ignoresNoAttributeThatMeansSomething(String type) {
        assertThat(objectionTo(type)).get().isInstanceOf(Refusal.AttributeNotSupported.class);
    }

    @Test
    void toleratesAnUnstructuredName() {
        assertThat(objectionTo("1.2.840.113549.1.9.2")).isEmpty();
    }

    private static Optional<Refusal> objectionTo(String type) {
        var csr = Csrs.by(DeviceKey.p256()).attribute(type, "x").csr();
        return new KnownAttributes().objectionTo(Asked.of(csr));
    }
}
