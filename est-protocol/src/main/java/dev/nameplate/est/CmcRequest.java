package dev.nameplate.est;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cmc.CMCObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;

/**
 * A Full PKI Request (RFC 5272, 3.2.1.2): PKIData that one party signed. Its form is right; whether the signature holds and the
 * parts make sense together is asked afterwards, so that the refusal can name the request.
 */
public final class CmcRequest {
    private static final String WHAT = "CMC request";
    private static final int MAX_BYTES = 512 * 1024;

    private final Optional<X509CertificateHolder> signer;
    private final boolean signatureValid;
    private final PkiData data;

    /** What a request asks for, under its number in the request. */
    public sealed interface Part {
        long id();

        record Certification(long id, RequestedCertificate wanted) implements Part {}

        /** @param reason a CRLReason (RFC 5280, 5.3.1) */
        record Revocation(long id, X500Name issuer, BigInteger serial, int reason) implements Part {}

        /** @param what names it, for the refusal */
        record Unknown(long id, String what) implements Part {}
    }

    /** What an answer has to say again (RFC 5272, 6.4 and 6.6). */
    public record Echo(
            Optional<ASN1Encodable> transactionId,
            Optional<ASN1Encodable> senderNonce,
            Optional<ASN1Encodable> dataReturn) {}

    private CmcRequest(Optional<X509CertificateHolder> signer, boolean signatureValid, PkiData data) {
        this.signer = signer;
        this.signatureValid = signatureValid;
        this.data = data;
    }

    /** @throws MalformedMessageException if this is no SignedData over PKIData with one signer, or cannot be read */
    public static CmcRequest parse(byte[] message) {
        if (message.length > MAX_BYTES) {
            throw new MalformedMessageException(WHAT + " has more than " + MAX_BYTES + " bytes");
        }
        DerScan.requireOneBerValue(message, WHAT);
        return Asn1.reading(WHAT, () -> read(signedData(message)));
    }

    /** The certificate of whoever signed, if the message has it. */
    public Optional<X509CertificateHolder> signer() {
        return signer;
    }

    /** Whether the signature is that of {@link #signer()}, with SHA-256 or better. */
    public boolean signatureIsValid() {
        return signatureValid;
    }

    public Echo echo() {
        return data.echo();
    }

    public List<Part> parts() {
        return data.parts();
    }

    /** What is wrong with the parts taken together, as a number that is used twice. */
    public Optional<String> objection() {
        return data.objection();
    }

    private static CMSSignedData signedData(byte[] message) throws IOException {
        try {
            return new CMSSignedData(message);
        } catch (CMSException e) {
            throw new MalformedMessageException(WHAT + " is no SignedData (RFC 5272, 3.2.1.2)", e);
        }
    }

    private static CmcRequest read(CMSSignedData signed) throws IOException {
        if (!signed.getSignedContentType().equals(CMCObjectIdentifiers.id_cct_PKIData)
                || !(signed.getSignedContent() != null
                        && signed.getSignedContent().getContent() instanceof byte[] content)) {
            throw new MalformedMessageException(WHAT + " has no PKIData inside");
        }
        Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
        if (signers.size() != 1) {
            throw new MalformedMessageException(WHAT + " has " + signers.size() + " signers instead of one");
        }
        DerScan.requireOneBerValue(content, "PKIData");
        PkiData data = PkiData.read(ASN1Primitive.fromByteArray(content));
        SignerInformation info = signers.iterator().next();
        Optional<X509CertificateHolder> signer = signed.getCertificates().getMatches(null).stream()
                .filter(info.getSID()::match)
                .findFirst();
        boolean valid = signer.isPresent() && MessageSignature.holds(info, signer.get(), content);
        return new CmcRequest(signer, valid, data);
    }
}
