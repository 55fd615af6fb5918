package dev.nameplate.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Signatures;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.DeviceKey;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.KeySpec;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.junit.jupiter.api.Test;

/** A CA whose root and issuer sign with ML-DSA (RFC 9881), seen by two implementations that know nothing of each other. */
class QuantumReadyIT {
    private final TestCa ca = TestCa.signingWith(KeySpec.ML_DSA_65);

    @Test
    void issuesToDevicesWithKeysOfEveryStrength() throws Exception {
        for (MLDSAParameters strength :
                List.of(MLDSAParameters.ml_dsa_44, MLDSAParameters.ml_dsa_65, MLDSAParameters.ml_dsa_87)) {
            CertificateDer issued = enrolled("sensor-" + strength.getName(), DeviceKey.mlDsa(strength));

            assertThat(issued.parsed().getSignatureAlgorithm())
                    .isEqualTo(new AlgorithmIdentifier(NISTObjectIdentifiers.id_ml_dsa_65));
            verifyEverybody(issued);
        }
    }

    @Test
    void issuesToDevicesThatHaveOldKeys() throws Exception {
        verifyEverybody(enrolled("sensor-17", DeviceKey.p256()));
    }

    private CertificateDer enrolled(String device, DeviceKey key) {
        ca.registered(device, Map.of());
        return TestCa.issued(ca.enrollment.enroll(
                        ca.withCode(device),
                        TestCa.label(SampleProfiles.LDEVID),
                        Csrs.by(key).subject("CN=" + device).csr(),
                        TestCa.REQUEST))
                .certificate();
    }

    /** The leaf with the issuer's key, the issuer with the root's, the root with its own. */
    private void verifyEverybody(CertificateDer leaf) throws Exception {
        List<CertificateDer> chain = ca.authorities.chainFor(SampleProfiles.DEVICES);
        verify(leaf, chain.getFirst());
        verify(chain.getFirst(), chain.getLast());
        verify(chain.getLast(), chain.getLast());
    }

    private static void verify(CertificateDer below, CertificateDer above) throws Exception {
        assertThat(Signatures.verifies(
                        below.parsed().getSignatureAlgorithm(),
                        PublicKeyFactory.createKey(above.parsed().getSubjectPublicKeyInfo()),
                        below.parsed().toASN1Structure().getTBSCertificate().getEncoded("DER"),
                        below.parsed().getSignature()))
                .isTrue();
        PublicKey key = jdk(above).getPublicKey();
        jdk(below).verify(key, "SUN");
    }

    private static X509Certificate jdk(CertificateDer certificate) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509", "SUN")
                .generateCertificate(new ByteArrayInputStream(certificate.octets()));
    }
}
