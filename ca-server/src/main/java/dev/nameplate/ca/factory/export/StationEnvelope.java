package dev.nameplate.ca.factory.export;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Keys;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;

/**
 * What only one station may read, and nobody may change on the way: CMS AuthEnvelopedData with AES-256-GCM (RFC 5083, RFC 5084),
 * to the key of its certificate. Keys for devices are wrapped before they come in here; the envelope never holds one in clear.
 */
public final class StationEnvelope {
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();
    private static final AlgorithmIdentifier OAEP = Oaep.SHA256;

    private StationEnvelope() {}

    /** @return a ContentInfo in DER */
    public static byte[] seal(byte[] content, CertificateDer station) {
        try {
            return seal(content, recipient(station));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "nothing can be encrypted to the certificate of this station: " + e.getMessage(), e);
        }
    }

    /**
     * To a key that has no certificate, named by its identifier (RFC 5280, 4.2.1.2, method 1).
     *
     * @return a ContentInfo in DER
     */
    public static byte[] seal(byte[] content, SubjectPublicKeyInfo station) {
        try {
            return seal(content, recipient(station));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "nothing can be encrypted to this key of the station: " + e.getMessage(), e);
        }
    }

    private static byte[] seal(byte[] content, RecipientInfoGenerator recipient) {
        try {
            CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
            generator.addRecipientInfoGenerator(recipient);
            OutputAEADEncryptor encryptor =
                    (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                            .setProvider(BC)
                            .build();
            return generator
                    .generate(new CMSProcessableByteArray(content), encryptor)
                    .toASN1Structure()
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | IOException e) {
            throw new IllegalArgumentException("nothing can be encrypted to this station: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if it is not for this key, or was altered */
    public static byte[] open(byte[] envelope, PrivateKey key) {
        try {
            ContentInfo info = ContentInfo.getInstance(envelope);
            if (!info.getContentType().equals(CMSObjectIdentifiers.authEnvelopedData)) {
                throw new IllegalArgumentException("not a CMS AuthEnvelopedData");
            }
            RecipientInformation mine = new CMSAuthEnvelopedData(envelope)
                    .getRecipientInfos()
                    .iterator()
                    .next();
            return mine.getContent(recipient(key));
        } catch (CMSException | RuntimeException notMine) {
            throw new IllegalArgumentException("the envelope is not for this station, or was altered", notMine);
        }
    }

    private static Recipient recipient(PrivateKey key) {
        return key.getAlgorithm().equals("RSA")
                ? new JceKeyTransEnvelopedRecipient(key).setProvider(BC)
                : new JceKeyAgreeEnvelopedRecipient(key).setProvider(BC);
    }

    private static RecipientInfoGenerator recipient(CertificateDer station) throws GeneralSecurityException {
        X509Certificate certificate =
                new JcaX509CertificateConverter().setProvider(BC).getCertificate(station.parsed());
        SubjectPublicKeyInfo key = station.parsed().getSubjectPublicKeyInfo();
        if (!key.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return new JceKeyTransRecipientInfoGenerator(certificate, OAEP).setProvider(BC);
        }
        KeyPair ephemeral =
                ephemeral(ASN1ObjectIdentifier.getInstance(key.getAlgorithm().getParameters()));
        return new JceKeyAgreeRecipientInfoGenerator(
                        CMSAlgorithm.ECDH_SHA256KDF,
                        ephemeral.getPrivate(),
                        ephemeral.getPublic(),
                        CMSAlgorithm.AES256_WRAP)
                .addRecipient(certificate)
                .setProvider(BC);
    }

    private static RecipientInfoGenerator recipient(SubjectPublicKeyInfo station)
            throws GeneralSecurityException, IOException {
        PublicKey key = BouncyCastleProvider.getPublicKey(station);
        byte[] identifier = Keys.identifierOf(station);
        if (!station.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return new JceKeyTransRecipientInfoGenerator(identifier, OAEP, key).setProvider(BC);
        }
        KeyPair ephemeral = ephemeral(
                ASN1ObjectIdentifier.getInstance(station.getAlgorithm().getParameters()));
        return new JceKeyAgreeRecipientInfoGenerator(
                        CMSAlgorithm.ECDH_SHA256KDF,
                        ephemeral.getPrivate(),
                        ephemeral.getPublic(),
                        CMSAlgorithm.AES256_WRAP)
                .addRecipient(identifier, key)
                .setProvider(BC);
    }

    private static KeyPair ephemeral(ASN1ObjectIdentifier curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BC);
        generator.initialize(new ECGenParameterSpec(curve.getId()));
        return generator.generateKeyPair();
    }
}
