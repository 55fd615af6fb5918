package dev.nameplate.ca.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;

class KnownExtensionsTest {
    @Test
    void refusesNameConstraintsByName() {
        assertThat(objectionTo(Extension.nameConstraints))
                .contains(new Refusal.ExtensionNotAllowed("nameConstraints", SampleProfiles.LDEVID));
    }

    @Test
    void refusesAnUnknownExtensionByItsIdentifier() {
        assertThat(objectionTo(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.7.36")))
                .contains(new Refusal.ExtensionNotAllowed("1.3.6.1.5.5.7.7.36", SampleProfiles.LDEVID));
    }

    @Test
    void toleratesASubjectKeyIdentifier() {
        var csr = Csrs.by(DeviceKey.p256()).extension(Extension.subjectKeyIdentifier, new DEROctetString(new byte[20]));

        assertThat(new KnownExtensions().objectionTo(Asked.of(csr.csr()))).isEmpty();
    }

    private static Optional<Refusal> objectionTo(ASN1ObjectIdentifier type) {
        var csr = Csrs.by(DeviceKey.p256()).extension(type, new DERSequence());
        return new KnownExtensions().objectionTo(Asked.of(csr.csr()));
    }
}
