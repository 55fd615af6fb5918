package dev.nameplate.hsm;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.GenericKey;

/** The value of a key-encryption key that is made in this process, for recipients the token cannot encrypt to. */
public final class OutsideKek implements AutoCloseable {
    private static final int OCTETS = 32;
    private static final Provider BC = new BouncyCastleProvider();

    private final byte[] value = new byte[OCTETS];

    public OutsideKek(SecureRandom random) {
        random.nextBytes(value);
    }

    private OutsideKek(byte[] given) {
        System.arraycopy(given, 0, value, 0, OCTETS);
    }

    /** One that comes from elsewhere; what is given becomes zeros. @throws IllegalArgumentException if it is no AES-256 key */
    public static OutsideKek of(byte[] given) {
        if (given.length != OCTETS) {
            throw new IllegalArgumentException("an AES-256 key has 32 octets, not " + given.length);
        }
        OutsideKek taken = new OutsideKek(given);
        Arrays.fill(given, (byte) 0);
        return taken;
    }

    /** The value itself, not a copy; it is zeros once this is closed. */
    public byte[] value() {
        return value;
    }

    /** A CMS RecipientInfo by ephemeral-static ECDH (RFC 5753, 3.1.1), in DER. */
    public byte[] recipientInfo(KekRecipient.Ec recipient) {
        try {
            ASN1ObjectIdentifier curve = ASN1ObjectIdentifier.getInstance(
                    recipient.key().getAlgorithm().getParameters());
            KeyPair ephemeral = ephemeral(curve);
            var generator = new JceKeyAgreeRecipientInfoGenerator(
                    CMSAlgorithm.ECDH_SHA256KDF,
                    ephemeral.getPrivate(),
                    ephemeral.getPublic(),
                    CMSAlgorithm.AES256_WRAP);
            generator.setProvider(BC);
            generator.addRecipient(KekRecipient.identifier(recipient.key()), publicKey(recipient));
            return generator
                    .generate(new GenericKey(new AlgorithmIdentifier(CMSAlgorithm.AES256_WRAP_PAD), value))
                    .getEncoded(ASN1Encoding.DER);
        } catch (GeneralSecurityException | CMSException | IOException e) {
            throw new IllegalStateException("ECDH to the recipient's key failed", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(value, (byte) 0);
    }

    @Override
    public String toString() {
        return "***";
    }

    private static KeyPair ephemeral(ASN1ObjectIdentifier curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BC);
        generator.initialize(new ECGenParameterSpec(curve.getId()));
        return generator.generateKeyPair();
    }

    private static PublicKey publicKey(KekRecipient.Ec recipient) throws GeneralSecurityException, IOException {
        return KeyFactory.getInstance("EC", BC)
                .generatePublic(new X509EncodedKeySpec(recipient.key().getEncoded()));
    }
}
