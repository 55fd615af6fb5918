package dev.nameplate.est;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerInformation;
import org.jspecify.annotations.Nullable;

/** The signature under a CMS message that has signed attributes (RFC 5652, 5.4 and 5.6), with SHA-256 or better. */
final class MessageSignature {
    private static final Map<ASN1ObjectIdentifier, String> DIGESTS = Map.of(
            NISTObjectIdentifiers.id_sha256, "SHA-256",
            NISTObjectIdentifiers.id_sha384, "SHA-384",
            NISTObjectIdentifiers.id_sha512, "SHA-512");
    private static final Map<ASN1ObjectIdentifier, ASN1ObjectIdentifier> RSA = Map.of(
            NISTObjectIdentifiers.id_sha256, PKCSObjectIdentifiers.sha256WithRSAEncryption,
            NISTObjectIdentifiers.id_sha384, PKCSObjectIdentifiers.sha384WithRSAEncryption,
            NISTObjectIdentifiers.id_sha512, PKCSObjectIdentifiers.sha512WithRSAEncryption);

    private MessageSignature() {}

    static boolean holds(SignerInformation signer, X509CertificateHolder certificate, byte[] content) {
        AttributeTable signed = signer.getSignedAttributes();
        String digest = DIGESTS.get(signer.getDigestAlgorithmID().getAlgorithm());
        if (signed == null || digest == null) {
            return false;
        }
        try {
            return isTheDigest(
                            signed.get(CMSAttributes.messageDigest),
                            MessageDigest.getInstance(digest).digest(content))
                    && isTheType(signed.get(CMSAttributes.contentType), signer.getContentType())
                    && ProofOfPossession.holds(
                            certificate.getSubjectPublicKeyInfo(),
                            algorithm(signer),
                            signer.getEncodedSignedAttributes(),
                            signer.getSignature());
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // Attributes chosen by an attacker make the library fail in many ways; every one of them is a no.
            return false;
        }
    }

    /** In CMS an RSA signature may name no digest of its own (RFC 3370, 3.2). */
    private static AlgorithmIdentifier algorithm(SignerInformation signer) {
        AlgorithmIdentifier named = signer.toASN1Structure().getDigestEncryptionAlgorithm();
        return named.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
                ? new AlgorithmIdentifier(RSA.get(signer.getDigestAlgorithmID().getAlgorithm()))
                : named;
    }

    private static boolean isTheDigest(@Nullable Attribute attribute, byte[] digest) {
        return attribute != null
                && attribute.getAttrValues().size() == 1
                && MessageDigest.isEqual(
                        ASN1OctetString.getInstance(attribute.getAttrValues().getObjectAt(0))
                                .getOctets(),
                        digest);
    }

    private static boolean isTheType(@Nullable Attribute attribute, ASN1ObjectIdentifier type) {
        return attribute != null
                && attribute.getAttrValues().size() == 1
                && attribute.getAttrValues().getObjectAt(0).equals(type);
    }
}
