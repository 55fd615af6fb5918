package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.Test;

class ProofOfPossessionTest {
    @Test
    void refusesAKeyThatDidNotSignTheRequest() {
        var request = Asked.of(
                Csrs.by(DeviceKey.p256()).claiming(DeviceKey.p256().publicKey()).csr());

        assertThat(new ProofOfPossession().objectionTo(request)).contains(new Refusal.CsrSignatureWrong());
    }

    @Test
    void refusesASignatureOfAnotherKindThanTheKey() {
        var request = Asked.of(Csrs.by(DeviceKey.ed25519())
                .claiming(DeviceKey.p256().publicKey())
                .csr());

        assertThat(new ProofOfPossession().objectionTo(request)).contains(new Refusal.CsrSignatureWrong());
    }

    @Test
    void takesEveryKindOfKey() {
        for (DeviceKey key : new DeviceKey[] {
            DeviceKey.p256(),
            DeviceKey.onCurve(SECObjectIdentifiers.secp521r1),
            DeviceKey.rsa(2048),
            DeviceKey.ed25519()
        }) {
            assertThat(new ProofOfPossession().objectionTo(Asked.of(Csrs.by(key).csr())))
                    .isEmpty();
        }
    }
}
