package dev.nameplate.est;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.crmf.CertReqMsg;
import org.bouncycastle.asn1.crmf.CertTemplate;
import org.bouncycastle.asn1.crmf.POPOSigningKey;
import org.bouncycastle.asn1.crmf.ProofOfPossession;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * What somebody wants certified, whether they said so in a PKCS#10 (RFC 2986) or a CRMF message (RFC 4211). Well-formed, and
 * nothing more.
 *
 * @param attributes of a PKCS#10; a CRMF message has none
 * @param proof the signature with the key that is to be certified; empty if there is none of that kind
 */
public record RequestedCertificate(
        X500Name subject,
        SubjectPublicKeyInfo publicKey,
        Optional<Extensions> extensions,
        List<Attribute> attributes,
        Optional<Proof> proof) {
    private static final String MESSAGE = "CRMF message";
    private static final X500Name NOBODY = new X500Name("");

    /**
     * A signature.
     *
     * @param signed the octets it is over
     */
    public record Proof(AlgorithmIdentifier algorithm, byte[] signed, byte[] signature) {}

    public RequestedCertificate {
        attributes = List.copyOf(attributes);
    }

    public static RequestedCertificate of(Pkcs10 csr) {
        List<Attribute> attributes = csr.attributeTypes().stream()
                .map(type -> csr.attribute(type).orElseThrow())
                .toList();
        return new RequestedCertificate(
                csr.subject(), csr.publicKey(), csr.requestedExtensions(), attributes, Optional.of(csr.proof()));
    }

    static RequestedCertificate ofCrmf(CertReqMsg message) {
        CertTemplate template = message.getCertReq().getCertTemplate();
        if (template.getPublicKey() == null) {
            throw new MalformedMessageException(MESSAGE + " has no public key");
        }
        if (message.getCertReq().getControls() != null || message.getRegInfo() != null) {
            throw new MalformedMessageException(MESSAGE + " has controls or regInfo, which are not taken");
        }
        Optional<Extensions> extensions = Optional.ofNullable(template.getExtensions());
        extensions.ifPresent(RequestedCertificate::requireWellFormed);
        return new RequestedCertificate(
                template.getSubject() == null
                        ? NOBODY
                        : Names.name(template.getSubject().toASN1Primitive(), "subject"),
                template.getPublicKey(),
                extensions,
                List.of(),
                proof(message));
    }

    private static void requireWellFormed(Extensions extensions) {
        for (var type : extensions.getExtensionOIDs()) {
            DerScan.requireOneValue(
                    extensions.getExtension(type).getExtnValue().getOctets(), "value of requested extension " + type);
        }
    }

    /** Only a signature over the request itself: it holds subject and key, so nothing is left to be bound otherwise. */
    private static Optional<Proof> proof(CertReqMsg message) {
        ProofOfPossession pop = message.getPop();
        if (pop == null || pop.getType() != ProofOfPossession.TYPE_SIGNING_KEY) {
            return Optional.empty();
        }
        POPOSigningKey signature = POPOSigningKey.getInstance(pop.getObject());
        return signature.getPoposkInput() != null
                ? Optional.empty()
                : Optional.of(new Proof(
                        signature.getAlgorithmIdentifier(),
                        encoded(message.getCertReq()),
                        signature.getSignature().getOctets()));
    }

    private static byte[] encoded(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("what was read encodes", e);
        }
    }
}
