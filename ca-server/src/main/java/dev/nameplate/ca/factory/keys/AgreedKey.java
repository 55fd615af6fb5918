package dev.nameplate.ca.factory.keys;

import dev.nameplate.hsm.WrappedFormats;
import java.io.InputStream;
import java.security.Key;
import java.security.PrivateKey;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.RecipientOperator;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.InputDecryptor;

/** The key inside a key agreement (RFC 5753, 3.1.1). Bouncy Castle gives only what such a key encrypts, so it is asked halfway. */
final class AgreedKey extends JceKeyAgreeRecipient {
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();
    private static final byte[] NOTHING = new byte[24];

    private final AtomicReference<Key> key = new AtomicReference<>();

    private AgreedKey(PrivateKey mine) {
        super(mine);
        setProvider(BC);
    }

    /** @throws IllegalArgumentException if it is not for this key, or was altered */
    static byte[] of(PrivateKey mine, byte[] recipientInfo) {
        try {
            AgreedKey agreed = new AgreedKey(mine);
            new CMSEnvelopedData(WrappedFormats.envelopedData(recipientInfo, NOTHING))
                    .getRecipientInfos()
                    .iterator()
                    .next()
                    .getContentStream(agreed);
            return agreed.key.get().getEncoded();
        } catch (CMSException | java.io.IOException notMine) {
            throw new IllegalArgumentException(
                    "the key-encryption key is not for this station, or was altered", notMine);
        }
    }

    @Override
    public RecipientOperator getRecipientOperator(
            AlgorithmIdentifier wrap,
            AlgorithmIdentifier content,
            SubjectPublicKeyInfo sender,
            ASN1OctetString ukm,
            byte[] encrypted)
            throws CMSException {
        key.set(extractSecretKey(wrap, content, sender, ukm, encrypted));
        return new RecipientOperator(new InputDecryptor() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return content;
            }

            @Override
            public InputStream getInputStream(InputStream in) {
                return in;
            }
        });
    }
}
