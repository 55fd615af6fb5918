package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestedUsagesTest {
    private final Csrs csr = Csrs.by(DeviceKey.p256());

    @Test
    void takesWhatTheProfileGives() {
        csr.extension(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature))
                .extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
                .extension(Extension.basicConstraints, new BasicConstraints(false));

        assertThat(objection()).isEmpty();
    }

    @Test
    void refusesToMakeACa() {
        csr.extension(Extension.basicConstraints, new BasicConstraints(true));

        assertThat(objection()).contains(refused("basicConstraints CA:TRUE"));
    }

    @Test
    void refusesKeyCertSignAndCrlSign() {
        csr.extension(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
        Csrs crl = Csrs.by(DeviceKey.p256()).extension(Extension.keyUsage, new KeyUsage(KeyUsage.cRLSign));

        assertThat(objection()).contains(refused("keyUsage keyCertSign"));
        assertThat(new RequestedUsages().objectionTo(Asked.of(crl.csr()))).contains(refused("keyUsage cRLSign"));
    }

    @ParameterizedTest
    @CsvSource({
        "1.3.6.1.5.5.7.3.28, cmcRA",
        "1.3.6.1.5.5.7.3.9, OCSPSigning",
        "2.5.29.37.0, anyExtendedKeyUsage",
        "1.3.6.1.5.5.7.3.1, serverAuth",
        "1.2.3.4, 1.2.3.4"
    })
    void refusesPurposesTheProfileDoesNotGive(String type, String name) {
        csr.extension(
                Extension.extendedKeyUsage,
                new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(type))));

        assertThat(objection()).contains(refused("extendedKeyUsage " + name));
    }

    @Test
    void refusesWhatIsNoKeyUsage() {
        csr.extension(Extension.keyUsage, new DERUTF8String("x"));

        assertThat(objection()).isPresent();
    }

    private Optional<Refusal> objection() {
        return new RequestedUsages().objectionTo(Asked.of(csr.csr()));
    }

    private static Refusal refused(String what) {
        return new Refusal.ExtensionNotAllowed(what, SampleProfiles.LDEVID);
    }
}
