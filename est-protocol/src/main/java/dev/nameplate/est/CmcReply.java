package dev.nameplate.est;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cmc.CMCObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;

/**
 * For the client: what a server said to a Full PKI Request: a Full PKI Response whose signature holds (RFC 5272, 3.2.2), or a
 * Simple one, which is certificates alone.
 *
 * @param statuses none in a Simple PKI Response
 * @param certificates in no order, the server's own among them
 * @param signer by the certificate in the message; whether that is to be trusted is for the caller to decide
 */
public record CmcReply(
        List<CmcStatus> statuses,
        List<X509CertificateHolder> certificates,
        Optional<X509CertificateHolder> signer,
        Optional<ASN1Encodable> transactionId,
        Optional<ASN1Encodable> recipientNonce) {
    private static final String WHAT = "CMC response";
    private static final int MAX_PARTS = 64;
    private static final Set<String> PEM_LABELS = Set.of("PKCS7", "CMS");
    private static final Set<ASN1ObjectIdentifier> STATUSES =
            Set.of(CMCObjectIdentifiers.id_cmc_statusInfo, CMCObjectIdentifiers.id_cmc_statusInfoV2);

    public CmcReply {
        statuses = List.copyOf(statuses);
        certificates = List.copyOf(certificates);
    }

    /**
     * Reads base64 with any layout, PEM or bare DER.
     *
     * @throws MalformedMessageException if it is no PKI Response, or its signature does not hold
     */
    public static CmcReply parse(byte[] body) {
        byte[] message = EstBase64.decode(body, PEM_LABELS).contentInPlace();
        DerScan.requireOneBerValue(message, WHAT);
        return Asn1.reading(WHAT, () -> {
            CMSSignedData signed = signedData(message);
            return signed.getSignerInfos().size() == 0 ? simple(message) : full(signed);
        });
    }

    /** Whether every part was done. */
    public boolean isSuccess() {
        return statuses.stream().allMatch(CmcStatus::isSuccess);
    }

    /** Whether a part waits for somebody's word. */
    public boolean isPending() {
        return statuses.stream().anyMatch(CmcStatus::isPending);
    }

    /** What came of the parts that were not done, in one line. */
    public String words() {
        return String.join(
                "; ",
                statuses.stream()
                        .filter(status -> !status.isSuccess())
                        .map(CmcStatus::toString)
                        .toList());
    }

    /**
     * Whether it says again what tells it from the answer to another request (RFC 5272, 6.4 and 6.6). A refusal may leave out
     * what the server could not read; nothing may be wrong.
     */
    public boolean answers(CmcQuery query) {
        boolean mayLack = !isSuccess() || signer.isEmpty();
        return transactionId
                        .map(id -> id instanceof ASN1Integer number && number.hasValue(query.transactionId()))
                        .orElse(mayLack)
                && recipientNonce
                        .map(nonce -> nonce instanceof ASN1OctetString octets
                                && Arrays.equals(octets.getOctets(), query.nonce()))
                        .orElse(mayLack);
    }

    /** The certificate of this key, if there is one. */
    public Optional<X509CertificateHolder> certificateOf(byte[] publicKey) {
        return certificates.stream()
                .filter(certificate -> EstAnswers.isFor(publicKey, certificate))
                .findFirst();
    }

    private static CMSSignedData signedData(byte[] message) throws IOException {
        try {
            return new CMSSignedData(message);
        } catch (CMSException e) {
            throw new MalformedMessageException(WHAT + " is no SignedData (RFC 5272, 3.2.2)", e);
        }
    }

    private static CmcReply simple(byte[] message) {
        return new CmcReply(List.of(), CertsOnly.parse(message), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static CmcReply full(CMSSignedData signed) throws IOException {
        if (!signed.getSignedContentType().equals(CMCObjectIdentifiers.id_cct_PKIResponse)
                || !(signed.getSignedContent() != null
                        && signed.getSignedContent().getContent() instanceof byte[] content)) {
            throw new MalformedMessageException(WHAT + " has no PKIResponse inside");
        }
        DerScan.requireOneBerValue(content, "PKIResponse");
        X509CertificateHolder signer = signer(signed, content);
        ASN1Sequence fields = Asn1.sequence(ASN1Primitive.fromByteArray(content), 3, 3, "PKIResponse");
        ASN1Sequence controls = Asn1.sequence(fields.getObjectAt(0), 0, MAX_PARTS, "controlSequence");
        List<CmcStatus> statuses = new ArrayList<>();
        for (ASN1Encodable control : controls) {
            if (STATUSES.contains(type(control))) {
                statuses.add(CmcStatus.of(value(control)));
            }
        }
        if (statuses.isEmpty()) {
            throw new MalformedMessageException(WHAT + " says nothing of the request's fate");
        }
        return new CmcReply(
                statuses,
                List.copyOf(signed.getCertificates().getMatches(null)),
                Optional.of(signer),
                only(controls, CMCObjectIdentifiers.id_cmc_transactionId),
                only(controls, CMCObjectIdentifiers.id_cmc_recipientNonce));
    }

    private static X509CertificateHolder signer(CMSSignedData signed, byte[] content) {
        Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
        if (signers.size() != 1) {
            throw new MalformedMessageException(WHAT + " has " + signers.size() + " signers instead of one");
        }
        SignerInformation info = signers.iterator().next();
        X509CertificateHolder signer = signed.getCertificates().getMatches(null).stream()
                .filter(info.getSID()::match)
                .findFirst()
                .orElseThrow(() -> new MalformedMessageException(WHAT + " lacks the certificate of its signer"));
        if (!MessageSignature.holds(info, signer, content)) {
            throw new MalformedMessageException("the signature of the " + WHAT + " does not hold");
        }
        return signer;
    }

    private static Optional<ASN1Encodable> only(ASN1Sequence controls, ASN1ObjectIdentifier type) {
        Optional<ASN1Encodable> found = Optional.empty();
        for (ASN1Encodable control : controls) {
            if (type(control).equals(type)) {
                if (found.isPresent()) {
                    throw new MalformedMessageException("control " + type + " is given twice");
                }
                found = Optional.of(value(control));
            }
        }
        return found;
    }

    private static ASN1ObjectIdentifier type(ASN1Encodable control) {
        return ASN1ObjectIdentifier.getInstance(
                Asn1.sequence(control, 3, 3, "control").getObjectAt(1));
    }

    private static ASN1Encodable value(ASN1Encodable control) {
        ASN1Set values = ASN1Set.getInstance(((ASN1Sequence) control).getObjectAt(2));
        if (values.size() != 1) {
            throw new MalformedMessageException("control " + type(control) + " does not have one value");
        }
        return values.getObjectAt(0);
    }
}
