package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Signatures;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.ocsp.ResponseData;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Signs answers for one issuer generation, with a key and a certificate that are for nothing else (RFC 6960, 4.2.2.2). */
public final class Responder {
    private final CertificateDer certificate;
    private final ResponderKey key;
    private final AlgorithmIdentifier algorithm;
    private final AsymmetricKeyParameter verifier;
    private final ResponderID id;
    private final Instant notAfter;

    /**
     * @param certificate of this key, issued by the generation that it speaks for
     * @param algorithm what the key signs with
     */
    public Responder(CertificateDer certificate, AlgorithmIdentifier algorithm, ResponderKey key) {
        this.certificate = certificate;
        this.algorithm = algorithm;
        this.key = key;
        this.notAfter = certificate.parsed().getNotAfter().toInstant();
        var publicKey = certificate.parsed().getSubjectPublicKeyInfo();
        // KeyHash is SHA-1 by definition (RFC 6960, 4.2.1): a name, which protects nothing.
        this.id = new ResponderID(
                new DEROctetString(IdForm.SHA1.hash(publicKey.getPublicKeyData().getBytes())));
        try {
            this.verifier = PublicKeyFactory.createKey(publicKey);
        } catch (IOException e) {
            throw new IllegalArgumentException("a responder's public key cannot be parsed", e);
        }
    }

    public CertificateDer certificate() {
        return certificate;
    }

    /** Nothing signed may be relied on for longer. */
    Instant notAfter() {
        return notAfter;
    }

    /**
     * The whole OCSPResponse.
     *
     * @param at the time of the answer, in whole seconds
     */
    byte[] sign(List<Finding> findings, Optional<OcspRequest.Nonce> nonce, Instant at) {
        ASN1Encodable[] responses = findings.stream().map(Finding::response).toArray(ASN1Encodable[]::new);
        var data = new ResponseData(
                id,
                new DERGeneralizedTime(Finding.time(at)),
                new DERSequence(responses),
                nonce.map(Responder::extensions).orElse(null));
        byte[] message = encoded(data);
        var basic = new BasicOCSPResponse(
                data,
                algorithm,
                new DERBitString(nonce.isPresent() ? key.sign(message) : checked(message)),
                new DERSequence(certificate.parsed().toASN1Structure()));
        return encoded(new OCSPResponse(
                new OCSPResponseStatus(OCSPResponseStatus.SUCCESSFUL),
                new ResponseBytes(OCSPObjectIdentifiers.id_pkix_ocsp_basic, new DEROctetString(encoded(basic)))));
    }

    /** For an answer that many will get. One with a nonce is for one, who checks it anyway, and checking costs as much as signing. */
    private byte[] checked(byte[] message) {
        byte[] signature = key.sign(message);
        if (!Signatures.verifies(algorithm, verifier, message, signature)) {
            throw new IllegalStateException("the token returned a wrong signature for the OCSP responder "
                    + certificate.parsed().getSubject() + "; check that the key there is the responder's");
        }
        return signature;
    }

    private static Extensions extensions(OcspRequest.Nonce nonce) {
        return new Extensions(new Extension(
                OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                false,
                new DEROctetString(encoded(new DEROctetString(nonce.octets())))));
    }

    private static byte[] encoded(ASN1Object value) {
        try {
            return value.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("an answer always encodes", e);
        }
    }
}
