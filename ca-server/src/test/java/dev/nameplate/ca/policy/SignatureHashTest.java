package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureHashTest {
    private static final DeviceKey RSA = DeviceKey.rsa(2048);

    @ParameterizedTest
    @ValueSource(strings = {"SHA1withRSA", "MD5withRSA"})
    void refusesBrokenHashes(String algorithm) {
        var request = Asked.of(Csrs.by(RSA).signedWith(algorithm).csr());

        assertThat(new SignatureHash().objectionTo(request)).isPresent();
    }

    @Test
    void takesSha256() {
        assertThat(new SignatureHash().objectionTo(Asked.of(Csrs.named("sensor-17"))))
                .isEmpty();
    }
}
