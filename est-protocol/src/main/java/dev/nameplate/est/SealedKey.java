package dev.nameplate.est;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * A private key on its way to its client (RFC 7030, 4.4.2): an AsymmetricKeyPackage (RFC 5958) inside SignedData inside
 * EnvelopedData (RFC 5652). What is encrypted is the ContentInfo of the SignedData, as readers of nested CMS expect it.
 */
public final class SealedKey {
    /** id-ct-KP-aKeyPackage (RFC 5958, 2). */
    static final ASN1ObjectIdentifier KEY_PACKAGE = new ASN1ObjectIdentifier("2.16.840.1.101.2.1.2.78.5");

    private static final int IV_OCTETS = 16;

    private final MessageSigner generator;
    private final SecureRandom random;

    /** @param generator who made the key, and says so */
    public SealedKey(MessageSigner generator, SecureRandom random) {
        this.generator = generator;
        this.random = random;
    }

    /**
     * Signs and encrypts.
     *
     * @param pkcs8 in DER; belongs to the caller, who overwrites it. No copy of it is left in the clear
     * @param capabilities of which one is {@link Capabilities#cipher()}
     * @return the DER of a ContentInfo
     * @throws IllegalArgumentException if nothing can be encrypted to this recipient
     */
    public byte[] seal(byte[] pkcs8, KeyRecipient recipient, Capabilities capabilities) {
        Capabilities.Cipher cipher =
                capabilities.cipher().orElseThrow(() -> new IllegalArgumentException("no cipher in common"));
        byte[] signed = SignedMessage.encode(
                KEY_PACKAGE, DerParts.of(DerParts.SEQUENCE, new DerParts.Whole(pkcs8)), generator, List.of());
        byte[] contentKey = octets(cipher.keyOctets());
        try {
            byte[] iv = octets(IV_OCTETS);
            RecipientInfo info = new Recipients(random).info(recipient, capabilities, contentKey);
            return enveloped(info, cipher, iv, encrypted(signed, contentKey, iv));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot be sealed for its recipient", e);
        } finally {
            Arrays.fill(signed, (byte) 0);
            Arrays.fill(contentKey, (byte) 0);
        }
    }

    private static byte[] enveloped(RecipientInfo recipient, Capabilities.Cipher cipher, byte[] iv, byte[] encrypted) {
        var content = new EncryptedContentInfo(
                CMSObjectIdentifiers.signedData,
                new AlgorithmIdentifier(cipher.type(), new DEROctetString(iv)),
                new DEROctetString(encrypted));
        var envelope = new EnvelopedData(null, new DERSet(recipient), content, (org.bouncycastle.asn1.ASN1Set) null);
        try {
            return new ContentInfo(CMSObjectIdentifiers.envelopedData, envelope).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("an envelope always encodes", e);
        }
    }

    private static byte[] encrypted(byte[] content, byte[] key, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding", "SunJCE");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        return cipher.doFinal(content);
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }
}
