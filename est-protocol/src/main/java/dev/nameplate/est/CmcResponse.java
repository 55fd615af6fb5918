package dev.nameplate.est;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERGeneralizedTime;
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
import org.bouncycastle.asn1.cmc.PendInfo;
import org.bouncycastle.asn1.cmc.TaggedAttribute;
import org.bouncycastle.asn1.cmc.TaggedContentInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/** Writes Full PKI Responses (RFC 5272, 3.2.2): a status for each part, what the request wants said again, and what was issued. */
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

    /** What became of one part of a request. */
    public sealed interface Outcome {
        /** Its number, or {@link #WHOLE_REQUEST}. */
        long part();

        /** @param issued what came of it, if certificates did */
        record Done(long part, List<X509CertificateHolder> issued) implements Outcome {
            public Done {
                issued = List.copyOf(issued);
            }
        }

        /**
         * Somebody has to say a word first (RFC 5272, 6.1.3).
         *
         * @param token names it
         * @param until when to ask again
         */
        record Pending(long part, String token, Instant until) implements Outcome {}

        /** Nothing of it was done. */
        record Failed(long part, Failure failure, String text) implements Outcome {}
    }

    /**
     * A status for each part, what the request wants said again, and what was issued.
     *
     * @return the DER of a ContentInfo
     */
    public byte[] encode(CmcRequest.Echo echo, List<Outcome> outcomes) {
        byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(nonce);
        List<TaggedAttribute> controls = new ArrayList<>();
        List<X509CertificateHolder> issued = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            add(controls, CMCObjectIdentifiers.id_cmc_statusInfoV2, Optional.of(status(outcome)));
            if (outcome instanceof Outcome.Done done) {
                issued.addAll(done.issued());
            }
        }
        add(controls, CMCObjectIdentifiers.id_cmc_transactionId, echo.transactionId());
        add(controls, CMCObjectIdentifiers.id_cmc_recipientNonce, echo.senderNonce());
        add(controls, CMCObjectIdentifiers.id_cmc_senderNonce, Optional.of(new DEROctetString(nonce)));
        add(controls, CMCObjectIdentifiers.id_cmc_dataReturn, echo.dataReturn());
        var response =
                new PKIResponse(controls.toArray(TaggedAttribute[]::new), new TaggedContentInfo[0], new OtherMsg[0]);
        return SignedMessage.encode(CMCObjectIdentifiers.id_cct_PKIResponse, DerParts.of(response), signer, issued);
    }

    @SuppressWarnings("JavaUtilDate") // the ASN.1 library takes nothing else
    private static CMCStatusInfoV2 status(Outcome outcome) {
        var part = new BodyPartID(outcome.part());
        return switch (outcome) {
            case Outcome.Done _ -> new CMCStatusInfoV2Builder(CMCStatus.success, part).build();
            case Outcome.Pending pending ->
                new CMCStatusInfoV2Builder(CMCStatus.pending, part)
                        .setOtherInfo(new PendInfo(
                                pending.token().getBytes(StandardCharsets.UTF_8),
                                new DERGeneralizedTime(Date.from(pending.until().truncatedTo(ChronoUnit.SECONDS)))))
                        .build();
            case Outcome.Failed failed ->
                new CMCStatusInfoV2Builder(CMCStatus.failed, part)
                        .setStatusString(failed.text())
                        .setOtherInfo(failed.failure().info)
                        .build();
        };
    }

    private static void add(
            List<TaggedAttribute> controls, ASN1ObjectIdentifier type, Optional<? extends ASN1Encodable> value) {
        value.ifPresent(said ->
                controls.add(new TaggedAttribute(new BodyPartID(controls.size() + 1L), type, new DERSet(said))));
    }
}
