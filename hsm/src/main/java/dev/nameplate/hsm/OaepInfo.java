package dev.nameplate.hsm;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;

/**
 * What a vault says of a key that it encrypted to an RSA key, by RSAES-OAEP.
 *
 * @param sha256 the hash, in OAEP and in its mask; SHA-1 otherwise
 */
public record OaepInfo(boolean sha256, byte[] encryptedKey) {
    /** @throws IllegalArgumentException if this is no CMS RecipientInfo by RSAES-OAEP */
    public static OaepInfo parse(byte[] recipientInfo) {
        try {
            RecipientInfo info = RecipientInfo.getInstance(ASN1Primitive.fromByteArray(recipientInfo));
            if (info.getInfo() instanceof KeyTransRecipientInfo transport
                    && transport
                            .getKeyEncryptionAlgorithm()
                            .getAlgorithm()
                            .equals(PKCSObjectIdentifiers.id_RSAES_OAEP)) {
                var parameters = RSAESOAEPparams.getInstance(
                        transport.getKeyEncryptionAlgorithm().getParameters());
                return new OaepInfo(
                        parameters.getHashAlgorithm().getAlgorithm().equals(NISTObjectIdentifiers.id_sha256),
                        transport.getEncryptedKey().getOctets());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not a CMS RecipientInfo", e);
        }
        throw new IllegalArgumentException("a CMS RecipientInfo of another kind than RSAES-OAEP");
    }
}
