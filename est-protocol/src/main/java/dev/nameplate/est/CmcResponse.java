package dev.nameplate.est;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmc.BodyPartID;
import org.bouncycastle.asn1.cmc.CMCFailInfo;
import org.bouncycastle.asn1.cmc.CMCObjectIdentifiers;
import org.bouncycastle.asn1.cmc.CMCStatus;
import org.bouncycastle.asn1.cmc.CMCStatusInfoV2;
import org.bouncycastle.asn1.cmc.CMCStatusInfoV2Builder;
import org.bouncycastle.asn1.cmc.OtherMsg;
import org.bouncycastle.asn1.cmc.PKIResponse;
import org.bouncycastle.asn1.cmc.TaggedAttribute;
import org.bouncycastle.asn1.cmc.TaggedContentInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/** Writes Full PKI Responses (RFC 5272, 3.2.2): one status, what the request wants said again, and what was issued. */
public final class CmcResponse {
    /** The request as a whole. */
    public static final long WHOLE_REQUEST = 0;

    private static final int NONCE_OCTETS = 16;

    private final MessageSigner signer;
    private final SecureRandom random;

    public CmcResponse(MessageSigner signer, SecureRandom random) {
        this.signer = signer;
        this.random = random;
    }

    /** Why a request failed (CMCFailInfo, RFC 5272, 6.1.4). */
    @SuppressWarnings("ImmutableEnumChecker") // a number in ASN.1
    public enum Failure {
        BAD_ALGORITHM(CMCFailInfo.badAlg),
        BAD_MESSAGE_CHECK(CMCFailInfo.badMessageCheck),
        BAD_REQUEST(CMCFailInfo.badRequest),
        BAD_CERTIFICATE_ID(CMCFailInfo.badCertId),
        UNSUPPORTED_EXTENSION(CMCFailInfo.unsupportedExt),
        BAD_IDENTITY(CMCFailInfo.badIdentity),
        POP_REQUIRED(CMCFailInfo.popRequired),
        POP_FAILED(CMCFailInfo.popFailed),
        NO_KEY_REUSE(CMCFailInfo.noKeyReuse),
        TRY_LATER(CMCFailInfo.tryLater);

        private final CMCFailInfo info;

        Failure(CMCFailInfo info) {
            this.info = info;
        }
    }

    /**
     * It was done.
     *
     * @param part which
     * @param issued what came of it, if certificates did
     * @return the DER of a ContentInfo
     */
    public byte[] success(CmcRequest.Echo echo, long part, List<X509CertificateHolder> issued) {
        var status = new CMCStatusInfoV2Builder(CMCStatus.success, new BodyPartID(part)).build();
        return encode(echo, status, issued);
    }

    /** Nothing was done. */
    public byte[] failure(CmcRequest.Echo echo, long part, Failure failure, String text) {
        var status = new CMCStatusInfoV2Builder(CMCStatus.failed, new BodyPartID(part))
                .setStatusString(text)
                .setOtherInfo(failure.info)
                .build();
        return encode(echo, status, List.of());
    }

    private byte[] encode(CmcRequest.Echo echo, CMCStatusInfoV2 status, List<X509CertificateHolder> issued) {
        byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(nonce);
        List<TaggedAttribute> controls = new ArrayList<>();
        add(controls, CMCObjectIdentifiers.id_cmc_statusInfoV2, Optional.of(status));
        add(controls, CMCObjectIdentifiers.id_cmc_transactionId, echo.transactionId());
        add(controls, CMCObjectIdentifiers.id_cmc_recipientNonce, echo.senderNonce());
        add(controls, CMCObjectIdentifiers.id_cmc_senderNonce, Optional.of(new DEROctetString(nonce)));
        add(controls, CMCObjectIdentifiers.id_cmc_dataReturn, echo.dataReturn());
        var response =
                new PKIResponse(controls.toArray(TaggedAttribute[]::new), new TaggedContentInfo[0], new OtherMsg[0]);
        return SignedMessage.encode(CMCObjectIdentifiers.id_cct_PKIResponse, DerParts.of(response), signer, issued);
    }

    private static void add(
            List<TaggedAttribute> controls, ASN1ObjectIdentifier type, Optional<? extends ASN1Encodable> value) {
        value.ifPresent(said ->
                controls.add(new TaggedAttribute(new BodyPartID(controls.size() + 1L), type, new DERSet(said))));
    }
}
