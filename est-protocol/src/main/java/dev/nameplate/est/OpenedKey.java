package dev.nameplate.est;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.Provider;
import java.util.Collection;
import java.util.function.Function;
import javax.crypto.SecretKey;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.KeyAgreeRecipientInformation;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JceKEKEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * For the client: a sealed key, opened (RFC 7030, 4.4.2).
 *
 * @param pkcs8 the first key of the package
 * @param maker who signed it, by the certificate in the message; whether that is to be trusted is for the caller to decide
 */
public record OpenedKey(byte[] pkcs8, X509CertificateHolder maker) {
    private static final String WHAT = "sealed key";
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    /** @throws MalformedMessageException if it does not open with this key, or its signature does not hold */
    public static OpenedKey open(byte[] message, PrivateKey key) {
        return open(message, recipient -> with(recipient, key));
    }

    /** @throws MalformedMessageException if it does not open with this secret, or its signature does not hold */
    public static OpenedKey open(byte[] message, SecretKey secret) {
        return open(message, _ -> new JceKEKEnvelopedRecipient(secret).setProvider(BOUNCY_CASTLE));
    }

    private static OpenedKey open(byte[] message, Function<RecipientInformation, Recipient> opener) {
        return Asn1.reading(WHAT, () -> {
            try {
                Collection<RecipientInformation> recipients =
                        new CMSEnvelopedData(message).getRecipientInfos().getRecipients();
                if (recipients.size() != 1) {
                    throw new MalformedMessageException(WHAT + " is for " + recipients.size() + " recipients");
                }
                RecipientInformation recipient = recipients.iterator().next();
                return read(new CMSSignedData(recipient.getContent(opener.apply(recipient))));
            } catch (CMSException e) {
                throw new MalformedMessageException(WHAT + " does not open: " + e.getMessage(), e);
            }
        });
    }

    private static Recipient with(RecipientInformation recipient, PrivateKey key) {
        return recipient instanceof KeyAgreeRecipientInformation
                ? new JceKeyAgreeEnvelopedRecipient(key).setProvider(BOUNCY_CASTLE)
                : new JceKeyTransEnvelopedRecipient(key).setProvider(BOUNCY_CASTLE);
    }

    private static OpenedKey read(CMSSignedData signed) throws IOException {
        if (!signed.getSignedContentType().equals(SealedKey.KEY_PACKAGE)
                || !(signed.getSignedContent().getContent() instanceof byte[] content)) {
            throw new MalformedMessageException(WHAT + " has no key package inside");
        }
        SignerInformation signer =
                signed.getSignerInfos().getSigners().iterator().next();
        X509CertificateHolder maker = signed.getCertificates().getMatches(null).stream()
                .filter(signer.getSID()::match)
                .findFirst()
                .orElseThrow(() -> new MalformedMessageException(WHAT + " lacks the certificate of its signer"));
        if (!MessageSignature.holds(signer, maker, content)) {
            throw new MalformedMessageException("the signature of the " + WHAT + " does not hold");
        }
        ASN1Sequence keys = Asn1.sequence(ASN1Sequence.getInstance(content), 1, 16, "key package");
        return new OpenedKey(keys.getObjectAt(0).toASN1Primitive().getEncoded(ASN1Encoding.DER), maker);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "OpenedKey[made by " + maker.getSubject() + "]";
    }
}
