package dev.nameplate.est;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/** SignedData with one signer and its content inside (RFC 5652, 5), in DER. */
final class SignedMessage {
    private static final int VERSION_OF_OTHER_CONTENT = 3;
    private static final Map<ASN1ObjectIdentifier, String> DIGESTS =
            Map.of(NISTObjectIdentifiers.id_sha384, "SHA-384", NISTObjectIdentifiers.id_sha512, "SHA-512");

    private SignedMessage() {}

    /**
     * Signs content of any type but id-data.
     *
     * @param content may be a secret: no copy of it is left but the one returned, for the caller to overwrite
     * @param more certificates that come along beside the signer's
     * @return a ContentInfo
     */
    static byte[] encode(
            ASN1ObjectIdentifier type, DerParts content, MessageSigner signer, List<X509CertificateHolder> more) {
        SignerInfo info = signerInfo(type, digest(content, signer.digest()), signer);
        DerParts signedData = DerParts.of(
                DerParts.SEQUENCE,
                DerParts.of(new ASN1Integer(VERSION_OF_OTHER_CONTENT)),
                DerParts.of(new DERSet(signer.digest())),
                DerParts.of(
                        DerParts.SEQUENCE,
                        DerParts.of(type),
                        DerParts.of(DerParts.CONTEXT_0, DerParts.of(DerParts.OCTET_STRING, content))),
                certificates(signer, more),
                DerParts.of(new DERSet(info)));
        return DerParts.of(
                        DerParts.SEQUENCE,
                        DerParts.of(CMSObjectIdentifiers.signedData),
                        DerParts.of(DerParts.CONTEXT_0, signedData))
                .encoded();
    }

    private static SignerInfo signerInfo(ASN1ObjectIdentifier type, byte[] digest, MessageSigner signer) {
        var attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(CMSAttributes.contentType, new DERSet(type)));
        attributes.add(new Attribute(CMSAttributes.messageDigest, new DERSet(new DEROctetString(digest))));
        DERSet signed = new DERSet(attributes);
        byte[] signature = signer.signing().sign(DerParts.of(signed).encoded());
        X509CertificateHolder own = signer.certificate();
        return new SignerInfo(
                new SignerIdentifier(new IssuerAndSerialNumber(own.getIssuer(), own.getSerialNumber())),
                signer.digest(),
                signed,
                signer.signature(),
                new DEROctetString(signature),
                null);
    }

    /** In the order of a SET OF in DER. */
    private static DerParts certificates(MessageSigner signer, List<X509CertificateHolder> more) {
        List<X509CertificateHolder> all = new ArrayList<>(signer.certificates());
        all.addAll(more);
        List<DerParts> sorted = all.stream()
                .distinct()
                .map(certificate -> DerParts.of(certificate.toASN1Structure()).encoded())
                .sorted(Arrays::compareUnsigned)
                .<DerParts>map(DerParts.Whole::new)
                .toList();
        return new DerParts.Tagged(DerParts.CONTEXT_0, sorted);
    }

    private static byte[] digest(DerParts content, AlgorithmIdentifier algorithm) {
        byte[] encoded = content.encoded();
        try {
            return MessageDigest.getInstance(DIGESTS.getOrDefault(algorithm.getAlgorithm(), "SHA-256"))
                    .digest(encoded);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-2", e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }
}
