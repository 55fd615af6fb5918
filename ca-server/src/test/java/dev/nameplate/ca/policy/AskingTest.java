package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.Linking;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked for is what is admitted, both ways. */
class AskingTest {
    private static final Map<String, String> ATTRIBUTES =
            Map.of("serial", "SN-4711", "dns", "gw.example.com", "site", "Bonn");

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void theOnlyKeyThatIsAskedForIsTheOnlyOneThatIsAdmitted(KeyAlgorithm only) {
        Profile profile = SampleProfiles.with(SampleProfiles.ldevid(), Set.of(only));
        assertThat(Asking.of(profile, label(Linking.WHEN_GIVEN)).key()).contains(only);

        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            Admission admission = admission(profile, Csrs.by(key(algorithm)).subject("CN=gw-1"));
            if (algorithm == only) {
                assertThat(admission).isInstanceOf(Admission.Admitted.class);
            } else {
                assertThat(((Admission.Refused) admission).refusal()).isInstanceOf(Refusal.KeyNotAllowed.class);
            }
        }
    }

    @Test
    void noKeyIsAskedForWhereSeveralAreAdmitted() {
        assertThat(Asking.of(SampleProfiles.ldevid(), label(Linking.WHEN_GIVEN)).key())
                .isEmpty();
    }

    @Test
    void aRequestThatFollowsItIsAdmitted() {
        for (Profile profile : List.of(SampleProfiles.ldevid(), SampleProfiles.idevid(), SampleProfiles.gateway())) {
            assertThat(admission(profile, following(Asking.of(profile, label(Linking.WHEN_GIVEN)))))
                    .as(profile.name().value())
                    .isInstanceOf(Admission.Admitted.class);
        }
    }

    @Test
    void aRequestThatAsksForAnotherUseIsRefused() {
        Asking asking = Asking.of(SampleProfiles.gateway(), label(Linking.WHEN_GIVEN));

        Admission admission = admission(SampleProfiles.ldevid(), following(asking));

        assertThat(((Admission.Refused) admission).refusal())
                .isEqualTo(new Refusal.ExtensionNotAllowed("extendedKeyUsage serverAuth", SampleProfiles.LDEVID));
    }

    @Test
    void namesTheFixedPartsOfTheSubjectAndLeavesTheOthersBlank() {
        Asking asking = Asking.of(SampleProfiles.idevid(), label(Linking.WHEN_GIVEN));

        assertThat(asking.subject())
                .containsExactly(
                        new Asking.Name(BCStyle.O, java.util.Optional.of(new DERUTF8String("Example"))),
                        new Asking.Name(BCStyle.SERIALNUMBER, java.util.Optional.empty()),
                        new Asking.Name(BCStyle.CN, java.util.Optional.empty()));
        assertThat(asking.alternatives()).isFalse();
        assertThat(Asking.of(SampleProfiles.gateway(), label(Linking.WHEN_GIVEN))
                        .alternatives())
                .isTrue();
    }

    @Test
    void asksForALinkExactlyWhereOneIsDemanded() {
        assertThat(Asking.of(SampleProfiles.ldevid(), label(Linking.REQUIRED)).links())
                .hasToString("[1.2.840.113549.1.9.7, 1.2.840.113549.1.9.16.2.58]");
        assertThat(Asking.of(SampleProfiles.ldevid(), label(Linking.WHEN_GIVEN)).links())
                .isEmpty();
    }

    private static Admission admission(Profile profile, Csrs csr) {
        TestCa ca = TestCa.with(new Profiles(List.of(profile))).registered("gw-1", ATTRIBUTES);
        return ca.policy.admit(ca.withCode("gw-1"), TestCa.label(profile.name()), csr.csr());
    }

    /** What a device would make of it that knows its own names. */
    private static Csrs following(Asking asking) {
        var subject = new X500NameBuilder();
        for (Asking.Name name : asking.subject()) {
            String own = name.type().equals(BCStyle.CN) ? "gw-1" : "SN-4711";
            subject.addRDN(name.type(), name.value().orElseGet(() -> new DERUTF8String(own)));
        }
        Csrs csr = Csrs.by(DeviceKey.p256()).subject(subject.build());
        for (Extension use : asking.uses()) {
            csr.extension(use.getExtnId(), use.getParsedValue());
        }
        return asking.alternatives() ? csr.alternatives(new GeneralName(GeneralName.dNSName, "gw.example.com")) : csr;
    }

    private static DeviceKey key(KeyAlgorithm algorithm) {
        return switch (algorithm) {
            case EC_P256 -> DeviceKey.p256();
            case EC_P384 -> DeviceKey.onCurve(SECObjectIdentifiers.secp384r1);
            case EC_P521 -> DeviceKey.onCurve(SECObjectIdentifiers.secp521r1);
            case RSA_2048 -> Rsa.KEY_2048;
            case RSA_3072 -> Rsa.KEY_3072;
            case RSA_4096 -> Rsa.KEY_4096;
            case ED25519 -> DeviceKey.ed25519();
            case ML_DSA_44 -> DeviceKey.mlDsa(MLDSAParameters.ml_dsa_44);
            case ML_DSA_65 -> DeviceKey.mlDsa(MLDSAParameters.ml_dsa_65);
            case ML_DSA_87 -> DeviceKey.mlDsa(MLDSAParameters.ml_dsa_87);
        };
    }

    private static EnrolmentLabel label(Linking linking) {
        return new EnrolmentLabel(LabelName.NONE, SampleProfiles.LDEVID, Set.of(Way.CODE), List.of(), linking);
    }

    /** They take seconds to make. */
    private static final class Rsa {
        static final DeviceKey KEY_2048 = DeviceKey.rsa(2048);
        static final DeviceKey KEY_3072 = DeviceKey.rsa(3072);
        static final DeviceKey KEY_4096 = DeviceKey.rsa(4096);
    }
}
