package dev.nameplate.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceKEKEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sealed opens with the recipient's key and holds the private key, signed by its maker. */
class SealedKeyTest {
    private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyPair GENERATOR = Samples.P256;
    private static final X509CertificateHolder CERTIFICATE = certificate();
    private static final byte[] PKCS8 = Samples.P256.getPrivate().getEncoded();
    private static final DEROctetString ID = new DEROctetString(new byte[] {1, 2, 3, 4});

    private final SealedKey seal = new SealedKey(
            new MessageSigner(
                    List.of(CERTIFICATE),
                    new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256),
                    new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                    SealedKeyTest::sign),
            RANDOM);

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void opensWithTheSecret(int octets) throws Exception {
        byte[] secret = new byte[octets];
        RANDOM.nextBytes(secret);
        var key = new SecretKeySpec(secret, "AES");

        byte[] sealed = seal.seal(PKCS8, new KeyRecipient.Secret(ID, secret), can(NISTObjectIdentifiers.id_aes256_CBC));

        assertThat(opened(sealed, new JceKEKEnvelopedRecipient(key).setProvider(BOUNCY_CASTLE)))
                .isEqualTo(PKCS8);
        assertThat(hex(sealed)).contains("020104" + "3006040401020304"); // KEKRecipientInfo version 4, kekid
    }

    @ParameterizedTest
    @CsvSource({"false,", "true,", "true,2.16.840.1.101.3.4.2.1"})
    void opensWithTheRsaKey(boolean oaep, String hash) throws Exception {
        KeyPair rsa = rsa();

        byte[] sealed =
                seal.seal(PKCS8, recipient(rsa), oaep ? canOaep(hash) : can(NISTObjectIdentifiers.id_aes128_CBC));

        var recipient = new JceKeyTransEnvelopedRecipient(rsa.getPrivate()).setProvider(BOUNCY_CASTLE);
        assertThat(opened(sealed, recipient)).isEqualTo(PKCS8);
        assertThat(hex(sealed))
                .contains("020102" + "800401020304") // KeyTransRecipientInfo version 2, subjectKeyIdentifier
                .contains(oaep ? "06092a864886f70d010107" : "06092a864886f70d010101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1"})
    void opensWithTheEcKey(String curve) throws Exception {
        KeyPair ec = ec(curve);

        byte[] sealed = seal.seal(PKCS8, recipient(ec), can(NISTObjectIdentifiers.id_aes256_CBC));

        var recipient = new JceKeyAgreeEnvelopedRecipient(ec.getPrivate()).setProvider(BOUNCY_CASTLE);
        assertThat(opened(sealed, recipient)).isEqualTo(PKCS8);
    }

    @Test
    void opensForTheClientThatAskedAndForNobodyElse() throws Exception {
        KeyPair own = ec("secp256r1");
        byte[] sealed = seal.seal(PKCS8, recipient(own), can(NISTObjectIdentifiers.id_aes256_CBC));

        OpenedKey opened = OpenedKey.open(sealed, own.getPrivate());

        assertThat(opened.pkcs8()).isEqualTo(PKCS8);
        assertThat(opened.maker()).isEqualTo(CERTIFICATE);
        assertThatThrownBy(() -> OpenedKey.open(sealed, ec("secp256r1").getPrivate()))
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> OpenedKey.open(PKCS8, own.getPrivate())).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void opensForTheClientThatHasTheSecretAndForNobodyElse() {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        Pkcs10 csr = CsrBuilder.forKey(Samples.P256)
                .decryptingWithSecret(new byte[] {1, 2, 3, 4})
                .build();
        var asked = (KeyProtection.BySecret) KeyProtection.of(csr);

        byte[] sealed = seal.seal(PKCS8, new KeyRecipient.Secret(asked.id(), secret), asked.capabilities());

        assertThat(asked.id()).isEqualTo(ID);
        assertThat(OpenedKey.open(sealed, new SecretKeySpec(secret, "AES")).pkcs8())
                .isEqualTo(PKCS8);
        assertThatThrownBy(() -> OpenedKey.open(sealed, new SecretKeySpec(new byte[32], "AES")))
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> OpenedKey.open(sealed, Samples.P256.getPrivate()))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void opensNothingThatItsMakerDidNotSign() throws Exception {
        KeyPair own = ec("secp256r1");
        var forger = new SealedKey(
                new MessageSigner(
                        List.of(CERTIFICATE),
                        new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256),
                        new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                        message -> sign(new byte[] {1})),
                RANDOM);
        byte[] sealed = forger.seal(PKCS8, recipient(own), can(NISTObjectIdentifiers.id_aes256_CBC));

        assertThatThrownBy(() -> OpenedKey.open(sealed, own.getPrivate())).hasMessageContaining("signature");
    }

    @Test
    void usesTheStrongestCipherOnTheList() {
        assertThat(can(NISTObjectIdentifiers.id_aes128_CBC, NISTObjectIdentifiers.id_aes256_CBC)
                        .cipher())
                .contains(Capabilities.Cipher.AES_256_CBC);
        assertThat(can(NISTObjectIdentifiers.id_aes128_CBC).cipher()).contains(Capabilities.Cipher.AES_128_CBC);
        assertThat(can(new ASN1ObjectIdentifier("1.3.14.3.2.7")).cipher()).isEmpty();
        assertThat(can().cipher()).isEmpty();
    }

    @Test
    void leavesTheArrayOfItsCallerAlone() throws Exception {
        byte[] mine = PKCS8.clone();

        seal.seal(mine, recipient(ec("secp256r1")), can(NISTObjectIdentifiers.id_aes256_CBC));

        assertThat(mine).isEqualTo(PKCS8);
    }

    @Test
    void sealsForNobodyWhoseKeyCannotEncrypt() throws Exception {
        KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        assertThatThrownBy(() -> seal.seal(PKCS8, recipient(edwards), can(NISTObjectIdentifiers.id_aes256_CBC)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> seal.seal(
                        PKCS8, new KeyRecipient.Secret(ID, new byte[17]), can(NISTObjectIdentifiers.id_aes256_CBC)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] opened(byte[] sealed, Recipient recipient) throws Exception {
        var envelope = new CMSEnvelopedData(sealed);
        Collection<RecipientInformation> recipients =
                envelope.getRecipientInfos().getRecipients();
        assertThat(recipients).hasSize(1);
        assertThat(envelope.toASN1Structure().getContentType()).isEqualTo(CMSObjectIdentifiers.envelopedData);
        var signed = new CMSSignedData(recipients.iterator().next().getContent(recipient));
        assertThat(signed.getSignedContentTypeOID()).isEqualTo("2.16.840.1.101.2.1.2.78.5");
        assertThat(signed.getCertificates().getMatches(null)).containsExactly(CERTIFICATE);
        var signer = signed.getSignerInfos().getSigners().iterator().next();
        assertThat(signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                        .setProvider(BOUNCY_CASTLE)
                        .build(CERTIFICATE)))
                .isTrue();
        var keys = ASN1Sequence.getInstance((byte[]) signed.getSignedContent().getContent());
        assertThat(keys.size()).isEqualTo(1);
        return keys.getObjectAt(0).toASN1Primitive().getEncoded();
    }

    private static Capabilities can(ASN1ObjectIdentifier... algorithms) {
        return new Capabilities(
                Arrays.stream(algorithms).map(AlgorithmIdentifier::new).toList());
    }

    private static Capabilities canOaep(String hash) {
        var parameters = hash == null
                ? new RSAESOAEPparams()
                : new RSAESOAEPparams(
                        new AlgorithmIdentifier(new ASN1ObjectIdentifier(hash)),
                        new AlgorithmIdentifier(
                                PKCSObjectIdentifiers.id_mgf1, new AlgorithmIdentifier(new ASN1ObjectIdentifier(hash))),
                        RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM);
        return new Capabilities(List.of(
                new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes256_CBC),
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, parameters)));
    }

    private static KeyRecipient recipient(KeyPair keys) {
        return new KeyRecipient.PublicKey(
                ID, SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    }

    private static KeyPair rsa() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static KeyPair ec(String curve) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new java.security.spec.ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(GENERATOR.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static X509CertificateHolder certificate() {
        var name = new X500Name("CN=generator");
        return new X509v3CertificateBuilder(
                        name,
                        BigInteger.TEN,
                        Date.from(Instant.EPOCH),
                        Date.from(Instant.EPOCH.plusSeconds(4_000_000_000L)),
                        name,
                        SubjectPublicKeyInfo.getInstance(GENERATOR.getPublic().getEncoded()))
                .build(CsrSigners.of(GENERATOR.getPrivate()));
    }

    private static String hex(byte[] octets) {
        return org.bouncycastle.util.encoders.Hex.toHexString(octets);
    }
}
