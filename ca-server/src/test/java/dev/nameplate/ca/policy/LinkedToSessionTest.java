package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.Linking;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.SessionBinding;
import dev.nameplate.ca.pki.SessionBinding.Kind;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a request belongs to the TLS session it came in. */
class LinkedToSessionTest {
    private static final String CHALLENGE_PASSWORD = "1.2.840.113549.1.9.7";
    private static final String EST_IDENTITY_LINKING = "1.2.840.113549.1.9.16.2.58";
    private static final byte[] OCTETS = {1, 2, 3, 4};
    private static final String RIGHT = Base64.getEncoder().encodeToString(OCTETS);
    private static final SessionBinding SESSION = new SessionBinding.Known(Kind.TLS_EXPORTER, OCTETS);
    private static final SessionBinding NONE = new SessionBinding.Unknown("use TLS 1.3");

    private final TestCa ca = TestCa.founded().registered("sensor-17", Map.of());

    @ParameterizedTest
    @ValueSource(strings = {CHALLENGE_PASSWORD, EST_IDENTITY_LINKING})
    void takesTheBindingOfTheSessionInEitherAttribute(String attribute) {
        assertThat(admit(SESSION, Linking.REQUIRED, Csrs.by(DeviceKey.p256()).attribute(attribute, RIGHT)))
                .isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void toleratesALineEndBehindIt() {
        assertThat(admit(SESSION, Linking.REQUIRED, challenge(RIGHT + "\n"))).isInstanceOf(Admission.Admitted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AQIDBQ==", "secret", "AQIDBA", "aqidba=="})
    void refusesAnythingElseWhetherTheLabelDemandsALinkOrNot(String text) {
        for (Linking linking : Linking.values()) {
            assertThat(why(admit(SESSION, linking, challenge(text))))
                    .contains("challengePassword", "tls-exporter")
                    .doesNotContain(text);
        }
    }

    @Test
    void refusesARightLinkBesideAWrongOne() {
        Csrs both = challenge(RIGHT).attribute(EST_IDENTITY_LINKING, "AQIDBQ==");

        assertThat(why(admit(SESSION, Linking.WHEN_GIVEN, both))).contains("estIdentityLinking");
    }

    @Test
    void refusesALinkThatCannotBeCompared() {
        assertThat(why(admit(NONE, Linking.WHEN_GIVEN, challenge(RIGHT)))).contains("use TLS 1.3");
    }

    @Test
    void refusesARequestWithoutALinkWhereOneIsDemandedAndThereOnly() {
        Csrs none = Csrs.by(DeviceKey.p256());

        assertThat(why(admit(SESSION, Linking.REQUIRED, none)))
                .contains("requires linking identity and proof of possession", "tls-exporter", "challengePassword");
        assertThat(why(admit(NONE, Linking.REQUIRED, none))).contains("use TLS 1.3");
        assertThat(admit(SESSION, Linking.WHEN_GIVEN, Csrs.by(DeviceKey.p256())))
                .isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void stillWantsTheRequestSignedByItsOwnKey() {
        Csrs stolen = challenge(RIGHT).claiming(DeviceKey.p256().publicKey());

        assertThat(admit(SESSION, Linking.REQUIRED, stolen))
                .isEqualTo(new Admission.Refused(new Refusal.CsrSignatureWrong()));
    }

    private static Csrs challenge(String text) {
        return Csrs.by(DeviceKey.p256()).attribute(CHALLENGE_PASSWORD, text);
    }

    private Admission admit(SessionBinding session, Linking linking, Csrs csr) {
        AuthenticatedDevice device = ca.withCode("sensor-17", session);
        var label = new EnrolmentLabel(LabelName.NONE, SampleProfiles.LDEVID, Set.of(Way.CODE), List.of(), linking);
        Csr parsed = csr.subject("CN=sensor-17").csr();
        return ca.policy.admit(device, label, parsed);
    }

    private static String why(Admission admission) {
        return ((Refusal.NotLinked) ((Admission.Refused) admission).refusal()).why();
    }
}
