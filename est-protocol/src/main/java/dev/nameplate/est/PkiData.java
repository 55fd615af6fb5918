package dev.nameplate.est;

import dev.nameplate.est.CmcRequest.Echo;
import dev.nameplate.est.CmcRequest.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.cmc.CMCObjectIdentifiers;
import org.bouncycastle.asn1.cmc.RevokeRequest;
import org.bouncycastle.asn1.crmf.CertReqMsg;

/** Reads PKIData (RFC 5272, 3.2.1.2.1): controls, requests, and what is not taken here. */
final class PkiData {
    private static final int MAX_PARTS = 16;
    private static final long MAX_ID = 0xffff_ffffL;
    private static final int TCR = 0;
    private static final int CRM = 1;
    private static final Set<ASN1ObjectIdentifier> ECHOED = Set.of(
            CMCObjectIdentifiers.id_cmc_transactionId,
            CMCObjectIdentifiers.id_cmc_senderNonce,
            CMCObjectIdentifiers.id_cmc_dataReturn);
    private static final Map<ASN1ObjectIdentifier, String> NAMES = Map.of(
            CMCObjectIdentifiers.id_cmc_identityProof, "identityProof",
            CMCObjectIdentifiers.id_cmc_identityProofV2, "identityProofV2",
            CMCObjectIdentifiers.id_cmc_identification, "identification",
            CMCObjectIdentifiers.id_cmc_getCert, "getCert",
            CMCObjectIdentifiers.id_cmc_getCRL, "getCRL",
            CMCObjectIdentifiers.id_cmc_addExtensions, "addExtensions",
            CMCObjectIdentifiers.id_cmc_queryPending, "queryPending",
            CMCObjectIdentifiers.id_cmc_lraPOPWitness, "lraPOPWitness");

    private final List<Part> parts = new ArrayList<>();
    private final Set<Long> ids = new HashSet<>();
    private final Map<ASN1ObjectIdentifier, ASN1Encodable> echoed = new java.util.HashMap<>();
    private Optional<String> objection = Optional.empty();

    private PkiData() {}

    static PkiData read(ASN1Primitive value) throws IOException {
        ASN1Sequence fields = Asn1.sequence(value, 4, 4, "PKIData");
        var data = new PkiData();
        for (ASN1Encodable control : Asn1.sequence(fields.getObjectAt(0), 0, MAX_PARTS, "controlSequence")) {
            data.control(Asn1.sequence(control, 3, 3, "control"));
        }
        for (ASN1Encodable request : Asn1.sequence(fields.getObjectAt(1), 0, MAX_PARTS, "reqSequence")) {
            data.request(ASN1TaggedObject.getInstance(request));
        }
        data.rest(Asn1.sequence(fields.getObjectAt(2), 0, MAX_PARTS, "cmsSequence"), "a CMS message inside");
        data.rest(Asn1.sequence(fields.getObjectAt(3), 0, MAX_PARTS, "otherMsgSequence"), "another message inside");
        return data;
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    Optional<String> objection() {
        return objection;
    }

    Echo echo() {
        return new Echo(
                Optional.ofNullable(echoed.get(CMCObjectIdentifiers.id_cmc_transactionId)),
                Optional.ofNullable(echoed.get(CMCObjectIdentifiers.id_cmc_senderNonce)),
                Optional.ofNullable(echoed.get(CMCObjectIdentifiers.id_cmc_dataReturn)));
    }

    private void control(ASN1Sequence control) {
        long id = id(control.getObjectAt(0));
        ASN1ObjectIdentifier type = ASN1ObjectIdentifier.getInstance(control.getObjectAt(1));
        ASN1Set values = ASN1Set.getInstance(control.getObjectAt(2));
        if (values.size() != 1) {
            throw new MalformedMessageException("control " + type + " does not have one value");
        }
        if (ECHOED.contains(type)) {
            if (echoed.put(type, values.getObjectAt(0)) != null) {
                objection = Optional.of("control " + type + " is given twice");
            }
        } else if (type.equals(CMCObjectIdentifiers.id_cmc_revokeRequest)) {
            parts.add(revocation(id, RevokeRequest.getInstance(values.getObjectAt(0))));
        } else {
            parts.add(new Part.Unknown(id, "control " + NAMES.getOrDefault(type, type.getId())));
        }
    }

    private static Part revocation(long id, RevokeRequest request) {
        return request.getPassphrase() == null
                ? new Part.Revocation(
                        id,
                        request.getName(),
                        request.getSerialNumber(),
                        request.getReason().getValue().intValueExact())
                : new Part.Unknown(id, "revocation by passphrase");
    }

    private void request(ASN1TaggedObject tagged) throws IOException {
        ASN1Sequence fields = (ASN1Sequence) tagged.getBaseUniversal(false, BERTags.SEQUENCE);
        switch (tagged.getTagNo()) {
            case TCR -> {
                Asn1.sequence(fields, 2, 2, "tagged certification request");
                byte[] csr = fields.getObjectAt(1).toASN1Primitive().getEncoded(ASN1Encoding.DER);
                parts.add(
                        new Part.Certification(id(fields.getObjectAt(0)), RequestedCertificate.of(Pkcs10.parse(csr))));
            }
            case CRM -> {
                CertReqMsg message = CertReqMsg.getInstance(fields);
                parts.add(new Part.Certification(
                        id(message.getCertReq().getCertReqId()), RequestedCertificate.ofCrmf(message)));
            }
            default -> parts.add(new Part.Unknown(id(fields.getObjectAt(0)), "a request of another format"));
        }
    }

    private void rest(ASN1Sequence tagged, String what) {
        for (ASN1Encodable one : tagged) {
            parts.add(new Part.Unknown(id(Asn1.sequence(one, 2, 3, what).getObjectAt(0)), what));
        }
    }

    /** RFC 5272, 3.2.1.2.1: zero is the request itself, and no number is used twice. */
    private long id(ASN1Encodable value) {
        long id = ASN1Integer.getInstance(value).longValueExact();
        if (id < 1 || id > MAX_ID) {
            throw new MalformedMessageException("bodyPartID " + id + " is not 1 to 4294967295");
        }
        if (!ids.add(id)) {
            objection = Optional.of("bodyPartID " + id + " is used twice");
        }
        return id;
    }
}
