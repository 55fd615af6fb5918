package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.junit.jupiter.api.Test;

class AllowedKeysTest {
    private static final Set<KeyAlgorithm> P256 = Set.of(KeyAlgorithm.EC_P256);
    private final Profile profile = SampleProfiles.with(SampleProfiles.ldevid(), P256);

    @Test
    void takesAKeyTheProfileAllows() {
        assertThat(objectionTo(DeviceKey.p256())).isEmpty();
    }

    @Test
    void refusesAKeyTheProfileDoesNotAllow() {
        assertThat(objectionTo(DeviceKey.onCurve(SECObjectIdentifiers.secp384r1)))
                .contains(new Refusal.KeyNotAllowed("ec-p384", P256));
        assertThat(objectionTo(DeviceKey.ed25519())).contains(new Refusal.KeyNotAllowed("ed25519", P256));
    }

    @Test
    void refusesP192() {
        assertThat(objectionTo(DeviceKey.onCurve(SECObjectIdentifiers.secp192r1)))
                .contains(new Refusal.KeyNotAllowed("ec on the curve 1.2.840.10045.3.1.1", P256));
    }

    @Test
    void refusesACurveGivenByItsParameters() throws Exception {
        var point = (ECPublicKeyParameters)
                PublicKeyFactory.createKey(DeviceKey.p256().publicKey());
        var named = point.getParameters();
        var unnamed = new ECDomainParameters(named.getCurve(), named.getG(), named.getN(), named.getH());
        var info = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                new ECPublicKeyParameters(point.getQ(), unnamed));

        assertThat(new AllowedKeys().objectionTo(new SubjectKey(info), profile))
                .contains(new Refusal.KeyNotAllowed("ec with explicit parameters", P256));
    }

    private Optional<Refusal> objectionTo(DeviceKey key) {
        return new AllowedKeys().objectionTo(new SubjectKey(key.publicKey()), profile);
    }
}
