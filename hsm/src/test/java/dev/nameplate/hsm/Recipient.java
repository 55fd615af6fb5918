package dev.nameplate.hsm;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.RecipientOperator;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Who opens what a vault hands over, with what every Java has and Bouncy Castle's CMS. */
public record Recipient(KeyPair keys) {
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();

    public static Recipient rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new Recipient(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Recipient ec() {
        return ec("P-256");
    }

    static Recipient ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BC);
            generator.initialize(new ECGenParameterSpec(curve));
            return new Recipient(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public SubjectPublicKeyInfo publicKey() {
        return SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
    }

    /** The value of the key-encryption key. */
    public byte[] opens(byte[] recipientInfo) throws Exception {
        RecipientInfo info = RecipientInfo.getInstance(ASN1Primitive.fromByteArray(recipientInfo));
        return info.getInfo() instanceof KeyTransRecipientInfo ktri
                ? unwrapped(ktri)
                : agreed(WrappedFormats.envelopedData(recipientInfo, new byte[24]));
    }

    /** The PKCS#8 of a sealed key, and what the token left behind it. */
    public byte[] opensSealed(byte[] envelopedData) throws Exception {
        EnvelopedData data =
                EnvelopedData.getInstance(ContentInfo.getInstance(envelopedData).getContent());
        RecipientInfo info = RecipientInfo.getInstance(data.getRecipientInfos().getObjectAt(0));
        byte[] wrapped = data.getEncryptedContentInfo().getEncryptedContent().getOctets();
        return opened(opens(info.getEncoded()), wrapped);
    }

    /** The PKCS#8, without the zeros that a token may leave behind it. */
    public static byte[] opensUnder(byte[] kek, byte[] encryptedPrivateKeyInfo) throws Exception {
        EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(encryptedPrivateKeyInfo);
        return opened(kek, info.getEncryptedData());
    }

    private static byte[] opened(byte[] kek, byte[] wrapped) throws GeneralSecurityException, IOException {
        Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding", "SunJCE");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(kek, "AES"));
        byte[] padded = cipher.doFinal(wrapped);
        try (var in = new org.bouncycastle.asn1.ASN1InputStream(padded)) {
            return ASN1Sequence.getInstance(in.readObject()).getEncoded();
        }
    }

    private byte[] unwrapped(KeyTransRecipientInfo ktri) throws GeneralSecurityException {
        AlgorithmIdentifier hash = RSAESOAEPparams.getInstance(
                        ktri.getKeyEncryptionAlgorithm().getParameters())
                .getHashAlgorithm();
        boolean sha1 = hash.getAlgorithm().equals(OIWObjectIdentifiers.idSHA1);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", "SunJCE");
        cipher.init(
                Cipher.DECRYPT_MODE,
                keys.getPrivate(),
                new OAEPParameterSpec(
                        sha1 ? "SHA-1" : "SHA-256",
                        "MGF1",
                        sha1 ? MGF1ParameterSpec.SHA1 : MGF1ParameterSpec.SHA256,
                        PSource.PSpecified.DEFAULT));
        return cipher.doFinal(ktri.getEncryptedKey().getOctets());
    }

    private byte[] agreed(byte[] envelopedData) throws Exception {
        Capture capture = new Capture(keys.getPrivate());
        new CMSEnvelopedData(envelopedData)
                .getRecipientInfos()
                .iterator()
                .next()
                .getContentStream(capture);
        return capture.key.get().getEncoded();
    }

    /** Takes the key out of a key agreement, instead of the content. */
    private static final class Capture extends JceKeyAgreeRecipient {
        private final AtomicReference<Key> key = new AtomicReference<>();

        Capture(PrivateKey mine) {
            super(mine);
            setProvider(BC);
        }

        @Override
        public RecipientOperator getRecipientOperator(
                AlgorithmIdentifier wrap,
                AlgorithmIdentifier content,
                SubjectPublicKeyInfo sender,
                org.bouncycastle.asn1.ASN1OctetString ukm,
                byte[] encrypted)
                throws CMSException {
            key.set(extractSecretKey(wrap, content, sender, ukm, encrypted));
            return new RecipientOperator(new org.bouncycastle.operator.InputDecryptor() {
                @Override
                public AlgorithmIdentifier getAlgorithmIdentifier() {
                    return content;
                }

                @Override
                public java.io.InputStream getInputStream(java.io.InputStream in) {
                    return in;
                }
            });
        }
    }
}
