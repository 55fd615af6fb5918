package dev.nameplate.est;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmc.BodyPartID;
import org.bouncycastle.asn1.cmc.CMCObjectIdentifiers;
import org.bouncycastle.asn1.cmc.CertificationRequest;
import org.bouncycastle.asn1.cmc.OtherMsg;
import org.bouncycastle.asn1.cmc.PKIData;
import org.bouncycastle.asn1.cmc.RevokeRequest;
import org.bouncycastle.asn1.cmc.TaggedAttribute;
import org.bouncycastle.asn1.cmc.TaggedCertificationRequest;
import org.bouncycastle.asn1.cmc.TaggedContentInfo;
import org.bouncycastle.asn1.cmc.TaggedRequest;
import org.bouncycastle.asn1.crmf.CertReqMsg;
import org.bouncycastle.asn1.crmf.CertRequest;
import org.bouncycastle.asn1.crmf.CertTemplateBuilder;
import org.bouncycastle.asn1.crmf.POPOSigningKey;
import org.bouncycastle.asn1.crmf.ProofOfPossession;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentSigner;

/**
 * For the client: a Full PKI Request (RFC 5272, 3.2.1.2) with a transaction id and a nonce of its own, which the answer has to
 * say again. Not for several threads at once.
 */
public final class CmcQuery {
    private static final int NONCE_OCTETS = 16;
    private static final int TRANSACTION_BITS = 64;

    private final BigInteger transactionId;
    private final byte[] nonce = new byte[NONCE_OCTETS];
    private final List<TaggedAttribute> controls = new ArrayList<>();
    private final List<TaggedRequest> requests = new ArrayList<>();

    /**
     * Of whom a CRMF message speaks.
     *
     * @param extensions with the subjectAltName, if it is asked for
     */
    public record Names(X500Name subject, Optional<Extensions> extensions) {}

    public CmcQuery(SecureRandom random) {
        transactionId = new BigInteger(TRANSACTION_BITS, random);
        random.nextBytes(nonce);
        control(CMCObjectIdentifiers.id_cmc_transactionId, new ASN1Integer(transactionId));
        control(CMCObjectIdentifiers.id_cmc_senderNonce, new DEROctetString(nonce));
    }

    /** Wants what this request asks for to be certified. */
    public CmcQuery pkcs10(Pkcs10 csr) {
        requests.add(new TaggedRequest(new TaggedCertificationRequest(
                new BodyPartID(nextPart()), CertificationRequest.getInstance(csr.der()))));
        return this;
    }

    /** Wants a key to be certified, as a CRMF message (RFC 4211) says it, which the key signs. */
    public CmcQuery crmf(Names names, SubjectPublicKeyInfo key, ContentSigner signer) {
        var template = new CertTemplateBuilder().setSubject(names.subject()).setPublicKey(key);
        names.extensions().ifPresent(template::setExtensions);
        var request = new CertRequest(Math.toIntExact(nextPart()), template.build(), null);
        var proof = new POPOSigningKey(
                null,
                signer.getAlgorithmIdentifier(),
                new DERBitString(MessageSigner.signature(signer, encoded(request))));
        requests.add(new TaggedRequest(new CertReqMsg(request, new ProofOfPossession(proof), null)));
        return this;
    }

    /**
     * Wants a certificate to be revoked.
     *
     * @param reason a CRLReason (RFC 5280, 5.3.1)
     */
    public CmcQuery revoking(X509CertificateHolder certificate, int reason) {
        control(
                CMCObjectIdentifiers.id_cmc_revokeRequest,
                new RevokeRequest(
                        certificate.getIssuer(),
                        new ASN1Integer(certificate.getSerialNumber()),
                        CRLReason.lookup(reason),
                        null,
                        null,
                        null));
        return this;
    }

    /** @return the DER of a ContentInfo */
    public byte[] signed(MessageSigner signer) {
        var data = new PKIData(
                controls.toArray(TaggedAttribute[]::new),
                requests.toArray(TaggedRequest[]::new),
                new TaggedContentInfo[0],
                new OtherMsg[0]);
        return SignedMessage.encode(CMCObjectIdentifiers.id_cct_PKIData, DerParts.of(data), signer, List.of());
    }

    BigInteger transactionId() {
        return transactionId;
    }

    byte[] nonce() {
        return nonce.clone();
    }

    private void control(ASN1ObjectIdentifier type, ASN1Encodable value) {
        controls.add(new TaggedAttribute(new BodyPartID(nextPart()), type, new DERSet(value)));
    }

    private long nextPart() {
        return controls.size() + requests.size() + 1L;
    }

    private static byte[] encoded(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("what was made encodes", e);
        }
    }
}
