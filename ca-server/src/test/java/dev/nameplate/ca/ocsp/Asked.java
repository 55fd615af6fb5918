package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.pki.CertificateDer;
import java.io.IOException;
import java.math.BigInteger;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** A client by Bouncy Castle: asks, and checks what it hears. */
public final class Asked {
    public static final ASN1ObjectIdentifier SHA1 = new ASN1ObjectIdentifier("1.3.14.3.2.26");
    public static final ASN1ObjectIdentifier SHA256 = NISTObjectIdentifiers.id_sha256;
    private static final Provider BC = new BouncyCastleProvider();

    private final List<CertificateID> ids = new ArrayList<>();
    private final List<Extension> extensions = new ArrayList<>();

    public static Asked about(ASN1ObjectIdentifier hash, CertificateDer issuer, BigInteger serial) {
        return new Asked().and(hash, issuer, serial);
    }

    public static Asked about(CertificateDer issuer, CertificateDer certificate) {
        return about(SHA256, issuer, certificate.parsed().getSerialNumber());
    }

    public Asked and(ASN1ObjectIdentifier hash, CertificateDer issuer, BigInteger serial) {
        try {
            DigestCalculator digest = new JcaDigestCalculatorProviderBuilder()
                    .setProvider(BC)
                    .build()
                    .get(new AlgorithmIdentifier(hash));
            ids.add(new CertificateID(digest, issuer.parsed(), serial));
            return this;
        } catch (OperatorCreationException | OCSPException e) {
            throw new IllegalStateException(e);
        }
    }

    public Asked nonce(int octets) {
        return extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new byte[octets]);
    }

    public Asked extension(ASN1ObjectIdentifier type, boolean critical, byte[] content) {
        try {
            extensions.add(new Extension(type, critical, new DEROctetString(new DEROctetString(content).getEncoded())));
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] octets() {
        try {
            return builder().build().getEncoded();
        } catch (OCSPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public OCSPReqBuilder builder() {
        OCSPReqBuilder builder = new OCSPReqBuilder();
        ids.forEach(builder::addRequest);
        if (!extensions.isEmpty()) {
            builder.setRequestExtensions(new Extensions(extensions.toArray(Extension[]::new)));
        }
        return builder;
    }

    /** What was said of the first certificate asked for; the signature and its certificate are right. */
    public SingleResp first(byte[] response, CertificateDer issuer) {
        return heard(response, issuer).getResponses()[0];
    }

    /** {@code null} is good. */
    public CertificateStatus status(byte[] response, CertificateDer issuer) {
        return first(response, issuer).getCertStatus();
    }

    /** Everything that was said, by whom the issuer lets speak. */
    public BasicOCSPResp heard(byte[] response, CertificateDer issuer) {
        try {
            OCSPResp heard = new OCSPResp(response);
            if (heard.getStatus() != OCSPResp.SUCCESSFUL) {
                throw new AssertionError("the answer is the error " + heard.getStatus());
            }
            BasicOCSPResp said = (BasicOCSPResp) heard.getResponseObject();
            requireSigned(said, issuer);
            requireIds(said);
            return said;
        } catch (IOException | OCSPException e) {
            throw new AssertionError("not an OCSP response", e);
        }
    }

    private void requireIds(BasicOCSPResp said) {
        List<CertificateID> answered =
                List.of(said.getResponses()).stream().map(SingleResp::getCertID).toList();
        if (!answered.equals(ids)) {
            throw new AssertionError("asked for other certificates than were answered for");
        }
    }

    private static void requireSigned(BasicOCSPResp said, CertificateDer issuer) throws OCSPException {
        var verifiers = new JcaContentVerifierProviderBuilder().setProvider(BC);
        try {
            var responder = said.getCerts()[0];
            if (!said.isSignatureValid(verifiers.build(responder))
                    || !responder.isSignatureValid(verifiers.build(issuer.parsed()))) {
                throw new AssertionError("a signature is wrong");
            }
        } catch (OperatorCreationException
                | java.security.cert.CertificateException
                | org.bouncycastle.cert.CertException e) {
            throw new AssertionError("a signature cannot be checked", e);
        }
    }
}
