package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.edge.http.TlsLibrary;
import dev.nameplate.ca.pki.Verifier;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProofOfPossessionTest {
    /** Bouncy Castle alone, and the native library, which this machine must have. */
    static Stream<Verifier> verifiers() {
        return Stream.of(
                Verifier.plain(),
                new Verifier(Optional.of(TlsLibrary.nativeCrypto().orElseThrow())));
    }

    @ParameterizedTest
    @MethodSource("verifiers")
    void refusesAKeyThatDidNotSignTheRequest(Verifier verifier) {
        var request = Asked.of(
                Csrs.by(DeviceKey.p256()).claiming(DeviceKey.p256().publicKey()).csr());

        assertThat(new ProofOfPossession(verifier).objectionTo(request)).contains(new Refusal.CsrSignatureWrong());
    }

    @ParameterizedTest
    @MethodSource("verifiers")
    void refusesASignatureOfAnotherKindThanTheKey(Verifier verifier) {
        var request = Asked.of(Csrs.by(DeviceKey.ed25519())
                .claiming(DeviceKey.p256().publicKey())
                .csr());

        assertThat(new ProofOfPossession(verifier).objectionTo(request)).contains(new Refusal.CsrSignatureWrong());
    }

    @ParameterizedTest
    @MethodSource("verifiers")
    void takesEveryKindOfKey(Verifier verifier) {
        for (DeviceKey key : new DeviceKey[] {
            DeviceKey.p256(),
            DeviceKey.onCurve(SECObjectIdentifiers.secp521r1),
            DeviceKey.rsa(2048),
            DeviceKey.ed25519()
        }) {
            assertThat(new ProofOfPossession(verifier)
                            .objectionTo(Asked.of(Csrs.by(key).csr())))
                    .isEmpty();
        }
    }
}
