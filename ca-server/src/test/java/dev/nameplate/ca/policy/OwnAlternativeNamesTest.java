package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import java.util.Optional;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

class OwnAlternativeNamesTest {
    private final Csrs csr = Csrs.by(DeviceKey.p256());

    @Test
    void takesTheNamesTheProfileGives() {
        assertThat(objection(csr.dns("GW.example.com"))).isEmpty();
    }

    @Test
    void takesARequestWithoutNames() {
        assertThat(objection(csr)).isEmpty();
    }

    @Test
    void refusesAnyOtherName() {
        assertThat(objection(csr.dns("gw.example.com", "bank.example.com")))
                .get()
                .isInstanceOf(Refusal.SubjectAltNameNotAllowed.class);
    }

    @Test
    void refusesTheRightNameInAnotherForm() {
        assertThat(objection(csr.alternatives(new GeneralName(GeneralName.rfc822Name, "gw.example.com"))))
                .isPresent();
    }

    @Test
    void refusesWhatIsNoNames() {
        assertThat(objection(csr.extension(Extension.subjectAlternativeName, new DERUTF8String("x"))))
                .get()
                .isInstanceOf(Refusal.ExtensionNotAllowed.class);
    }

    private static Optional<Refusal> objection(Csrs csr) {
        return new OwnAlternativeNames().objectionTo(Asked.of(csr.csr(), SampleProfiles.gateway()));
    }
}
