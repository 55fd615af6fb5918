package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import java.util.Map;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;

class CsrPolicyTest {
    private final TestCa ca = TestCa.founded()
            .registered("gw-1", Map.of("dns", "gw-1.example.com"))
            .registered("bare-1", Map.of());

    @Test
    void takesNamesFromTheProfileAndTheRegistrationOnly() {
        Csr csr = Csrs.by(DeviceKey.p256()).subject("CN=gw-1,O=Whoever").csr();

        Admission admission = ca.policy.admit(ca.withCode("gw-1"), TestCa.label(SampleProfiles.GATEWAY), csr);

        AdmittedRequest admitted = ((Admission.Admitted) admission).request();
        assertThat(admitted.subject()).hasToString("CN=gw-1");
        assertThat(admitted.alternatives()).hasToString("[2: gw-1.example.com]");
    }

    @Test
    void refusesADeviceThatLacksAnAttributeOfTheTemplate() {
        Admission admission =
                ca.policy.admit(ca.withCode("bare-1"), TestCa.label(SampleProfiles.GATEWAY), Csrs.named("bare-1"));

        assertThat(admission)
                .isEqualTo(new Admission.Refused(new Refusal.IdentityIncomplete(new DeviceId("bare-1"), "device.dns")));
    }

    @Test
    void renewsTheSameNamesInAnotherStringType() {
        X500Name printable = new X500NameBuilder()
                .addRDN(BCStyle.CN, new DERPrintableString("GW-1"))
                .build();

        assertThat(renewal(Csrs.by(DeviceKey.p256()).subject(printable).dns("gw-1.EXAMPLE.com")))
                .isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void renewsNothingUnderOtherNames() {
        assertThat(renewal(Csrs.by(DeviceKey.p256()).subject("CN=gw-2").dns("gw-1.example.com")))
                .isEqualTo(differs("subject", "CN=gw-2", "CN=gw-1"));
        assertThat(renewal(Csrs.by(DeviceKey.p256()).subject("").dns("gw-1.example.com")))
                .isInstanceOf(Admission.Refused.class);
    }

    @Test
    void renewsNothingWithMoreOrFewerAlternativeNames() {
        assertThat(renewal(Csrs.by(DeviceKey.p256()).subject("CN=gw-1")))
                .isEqualTo(differs("subjectAltName", "[]", "[2:gw-1.example.com]"));
        assertThat(renewal(Csrs.by(DeviceKey.p256()).subject("CN=gw-1").dns("gw-1.example.com", "x.example.com")))
                .isInstanceOf(Admission.Refused.class);
    }

    @Test
    void checksARenewalsKeyLikeAnyOther() {
        DeviceKey key = DeviceKey.p256();
        Csrs stolen = Csrs.by(key)
                .subject("CN=gw-1")
                .dns("gw-1.example.com")
                .claiming(DeviceKey.p256().publicKey());

        assertThat(renewal(stolen)).isEqualTo(new Admission.Refused(new Refusal.CsrSignatureWrong()));
    }

    private Admission renewal(Csrs csr) {
        var label = TestCa.label(SampleProfiles.GATEWAY);
        Csr first = Csrs.by(DeviceKey.p256()).subject("CN=gw-1").csr();
        IssuedCertificate issued =
                TestCa.issued(ca.enrollment.enroll(ca.withCode("gw-1"), label, first, TestCa.REQUEST));
        AuthenticatedDevice device = ca.withCertificate(issued.certificate(), Purpose.REENROL);
        return ca.policy.admitRenewal(device, label, csr.csr());
    }

    private static Admission differs(String field, String asked, String has) {
        return new Admission.Refused(new Refusal.NamesDiffer(field, asked, has));
    }
}
