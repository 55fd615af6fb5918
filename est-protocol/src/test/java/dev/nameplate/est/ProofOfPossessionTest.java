package dev.nameplate.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofOfPossessionTest {
    @ParameterizedTest
    @ValueSource(strings = {"p256.csr", "p384.csr", "rsa.csr", "pss.csr", "ed.csr", "newhdr.csr"})
    void believesWhatOpensslSigned(String name) {
        assertThat(Pkcs10.parse(Samples.requestDer(name)).signatureIsValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256.csr", "p384.csr", "rsa.csr", "pss.csr", "ed.csr"})
    void doesNotBelieveAChangedNameOrSignature(String name) {
        byte[] renamed = Samples.requestDer(name);
        renamed[new String(renamed, StandardCharsets.ISO_8859_1).indexOf("sensor-17")]++;
        assertThat(Pkcs10.parse(renamed).signatureIsValid()).isFalse();

        byte[] resigned = Samples.requestDer(name);
        resigned[resigned.length - 1] ^= 1;
        assertThat(Pkcs10.parse(resigned).signatureIsValid()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1.csr", "explicit-curve.csr"})
    void doesNotBelieveSha1NorCurvesTheSenderDefines(String name) {
        assertThat(Pkcs10.parse(Samples.requestDer(name)).signatureIsValid()).isFalse();
    }

    @Test
    void saysNoToAPointOffTheCurve() {
        SubjectPublicKeyInfo good = Pkcs10.parse(Samples.requestDer("p256.csr")).publicKey();
        byte[] point = good.getPublicKeyData().getBytes();
        point[point.length - 1] ^= 1;
        assertThat(holds(new SubjectPublicKeyInfo(good.getAlgorithm(), point))).isFalse();
        assertThat(holds(new SubjectPublicKeyInfo(good.getAlgorithm(), new byte[] {0})))
                .isFalse();
        assertThat(holds(new SubjectPublicKeyInfo(good.getAlgorithm(), new byte[0])))
                .isFalse();
    }

    @Test
    void saysNoQuicklyToRsaNumbersMadeToCostTime() throws Exception {
        var rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption);
        BigInteger huge = BigInteger.ONE.shiftLeft(200_000).add(BigInteger.ONE);
        BigInteger large = BigInteger.ONE.shiftLeft(8191).add(BigInteger.ONE);
        var hugeModulus = new SubjectPublicKeyInfo(rsa, new RSAPublicKey(huge, BigInteger.valueOf(65537)));
        var largeExponent = new SubjectPublicKeyInfo(rsa, new RSAPublicKey(large, large));
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            assertThat(holdsRsa(hugeModulus)).isFalse();
            assertThat(holdsRsa(largeExponent)).isFalse();
        });
    }

    @Test
    void saysNoToAKeyOfAnotherKindThanTheSignature() {
        SubjectPublicKeyInfo rsa = Pkcs10.parse(Samples.requestDer("rsa.csr")).publicKey();
        assertThat(holds(rsa)).isFalse();
        assertThat(holdsRsa(Pkcs10.parse(Samples.requestDer("p256.csr")).publicKey()))
                .isFalse();
    }

    private static boolean holds(SubjectPublicKeyInfo key) {
        return holds(key, new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
    }

    private static boolean holdsRsa(SubjectPublicKeyInfo key) {
        return holds(key, new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption));
    }

    private static boolean holds(SubjectPublicKeyInfo key, AlgorithmIdentifier algorithm) {
        return ProofOfPossession.holds(key, algorithm, new byte[] {1}, new byte[256]);
    }
}
