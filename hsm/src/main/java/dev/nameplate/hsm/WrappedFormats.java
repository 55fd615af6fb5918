package dev.nameplate.hsm;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** What the output of AES key wrap with padding is put into. */
public final class WrappedFormats {
    /** id-aes256-wrap-pad, parameters absent (RFC 5649, 3). */
    public static final AlgorithmIdentifier KEY_WRAP =
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes256_wrap_pad);

    private WrappedFormats() {}

    /** EncryptedPrivateKeyInfo (RFC 5958, 3) in DER. */
    public static byte[] encryptedPrivateKeyInfo(byte[] wrapped) {
        return der(new EncryptedPrivateKeyInfo(KEY_WRAP, wrapped));
    }

    /** What {@link #encryptedPrivateKeyInfo} was made of. @throws WrappedKeyDamagedException if it is something else */
    public static byte[] wrapped(byte[] encryptedPrivateKeyInfo) {
        try {
            return octets(encryptedPrivateKeyInfo);
        } catch (IllegalArgumentException damaged) {
            throw new WrappedKeyDamagedException("this is no wrapped key: " + damaged.getMessage(), damaged);
        }
    }

    private static byte[] octets(byte[] encryptedPrivateKeyInfo) {
        EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(encryptedPrivateKeyInfo);
        if (!info.getEncryptionAlgorithm().getAlgorithm().equals(KEY_WRAP.getAlgorithm())) {
            throw new IllegalArgumentException("a key wrapped by "
                    + info.getEncryptionAlgorithm().getAlgorithm() + " is none by id-aes256-wrap-pad");
        }
        return info.getEncryptedData();
    }

    /** CMS EnvelopedData in a ContentInfo, in DER. */
    public static byte[] envelopedData(byte[] recipientInfo, byte[] wrapped) {
        EncryptedContentInfo content =
                new EncryptedContentInfo(CMSObjectIdentifiers.data, KEY_WRAP, new DEROctetString(wrapped));
        EnvelopedData data = new EnvelopedData(null, new DERSet(recipient(recipientInfo)), content, (DERSet) null);
        return der(new ContentInfo(CMSObjectIdentifiers.envelopedData, data));
    }

    private static RecipientInfo recipient(byte[] der) {
        try {
            return RecipientInfo.getInstance(ASN1Primitive.fromByteArray(der));
        } catch (IOException e) {
            throw new IllegalArgumentException("not a CMS RecipientInfo", e);
        }
    }

    private static byte[] der(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("what is built here always encodes", e);
        }
    }
}
