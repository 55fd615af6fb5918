package dev.nameplate.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsrBuilderTest {
    private static final GeneralNames NAMES = new GeneralNames(new GeneralName[] {
        new GeneralName(GeneralName.uniformResourceIdentifier, "urn:x:1"), new GeneralName(GeneralName.dNSName, "a.b")
    });

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void signsWithEc(String curve) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        assertSigns(generator.generateKeyPair());
    }

    @Test
    void signsWithRsaAndEd25519() throws Exception {
        var rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        assertSigns(rsa.generateKeyPair());
        assertSigns(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    @Test
    void refusesAKeyThatCannotSignRequests() throws Exception {
        KeyPair x25519 = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        assertThatIllegalArgumentException().isThrownBy(() -> CsrBuilder.forKey(x25519));
    }

    @Test
    void asksForWhatItWasTold() throws Exception {
        var usage = Extension.create(
                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        Pkcs10 csr = CsrBuilder.forKey(Samples.P256)
                .subject(new X500Name("CN=dev1"))
                .subjectAltNames(NAMES)
                .extension(usage)
                .challengePassword("YmluZGluZw==")
                .build();

        assertThat(csr.subject()).isEqualTo(new X500Name("CN=dev1"));
        assertThat(csr.subjectAltNames()).contains(NAMES);
        assertThat(csr.requestedExtensions().orElseThrow().getExtension(Extension.extendedKeyUsage))
                .isEqualTo(usage);
        assertThat(csr.challengePassword()).contains("YmluZGluZw==");
    }

    @Test
    void makesTheSubjectAltNameCriticalWhereThereIsNoSubject() {
        Pkcs10 csr = CsrBuilder.forKey(Samples.P256).subjectAltNames(NAMES).build();
        assertThat(csr.requestedExtensions()
                        .orElseThrow()
                        .getExtension(Extension.subjectAlternativeName)
                        .isCritical())
                .isTrue();
    }

    @Test
    void asksForTheSameNamesByteForByteWhenItRenews() throws Exception {
        X509CertificateHolder old = certificate();

        Pkcs10 csr = CsrBuilder.forKey(Samples.P256).renewalOf(old).build();

        assertThat(csr.subject().getEncoded()).isEqualTo(old.getSubject().getEncoded());
        ASN1ObjectIdentifier san = Extension.subjectAlternativeName;
        assertThat(csr.requestedExtensions().orElseThrow().getExtension(san)).isEqualTo(old.getExtension(san));
    }

    private static void assertSigns(KeyPair keys) {
        Pkcs10 csr = CsrBuilder.forKey(keys).subject(new X500Name("CN=dev1")).build();
        assertThat(csr.signatureIsValid()).isTrue();
        assertThat(csr.publicKey())
                .isEqualTo(SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    }

    private static X509CertificateHolder certificate() throws Exception {
        var name = new X500Name("CN=dev1,O=Acme");
        return new X509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        new Time(new DERUTCTime("260101000000Z")),
                        new Time(new DERUTCTime("360101000000Z")),
                        name,
                        SubjectPublicKeyInfo.getInstance(
                                Samples.P256.getPublic().getEncoded()))
                .addExtension(Extension.subjectAlternativeName, false, NAMES)
                .build(CsrSigners.of(Samples.P256.getPrivate()));
    }
}
