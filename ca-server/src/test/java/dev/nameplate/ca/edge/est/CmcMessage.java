package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.testkit.Party;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
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
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Full PKI Requests as a client of another make would write them: with Bouncy Castle's generators alone. */
final class CmcMessage {
    private final Party signer;
    private final List<TaggedAttribute> controls = new ArrayList<>();
    private final List<TaggedRequest> requests = new ArrayList<>();

    private CmcMessage(Party signer) {
        this.signer = signer;
    }

    static CmcMessage by(Party signer) {
        return new CmcMessage(signer);
    }

    CmcMessage control(long id, ASN1ObjectIdentifier type, ASN1Encodable value) {
        controls.add(new TaggedAttribute(new BodyPartID(id), type, new DERSet(value)));
        return this;
    }

    CmcMessage nonce(byte... octets) {
        return control(90, CMCObjectIdentifiers.id_cmc_senderNonce, new DEROctetString(octets));
    }

    CmcMessage revoke(long id, X500Name issuer, BigInteger serial, int reason) {
        var request = new RevokeRequest(
                issuer, new org.bouncycastle.asn1.ASN1Integer(serial), CRLReason.lookup(reason), null, null, null);
        return control(id, CMCObjectIdentifiers.id_cmc_revokeRequest, request);
    }

    CmcMessage pkcs10(long id, byte[] csr) {
        requests.add(new TaggedRequest(
                new TaggedCertificationRequest(new BodyPartID(id), CertificationRequest.getInstance(csr))));
        return this;
    }

    /** Signed by its key. */
    CmcMessage crmf(int id, String subject, KeyPair keys) {
        CertRequest request = crmfRequest(id, subject, keys);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(request.getEncoded("DER"));
            var proof = new POPOSigningKey(
                    null,
                    new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                    new DERBitString(signature.sign()));
            return crmf(request, new ProofOfPossession(proof));
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** With raVerified in the place of a proof: on the word of the message's signer. */
    CmcMessage crmfRaVerified(int id, String subject, KeyPair keys) {
        return crmf(crmfRequest(id, subject, keys), new ProofOfPossession());
    }

    private CmcMessage crmf(CertRequest request, ProofOfPossession proof) {
        requests.add(new TaggedRequest(new CertReqMsg(request, proof, null)));
        return this;
    }

    private static CertRequest crmfRequest(int id, String subject, KeyPair keys) {
        var template = new CertTemplateBuilder()
                .setSubject(new X500Name(subject))
                .setPublicKey(SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))
                .build();
        return new CertRequest(id, template, null);
    }

    byte[] der() {
        return der("SHA256withECDSA");
    }

    byte[] der(String algorithm) {
        var data = new PKIData(
                controls.toArray(TaggedAttribute[]::new),
                requests.toArray(TaggedRequest[]::new),
                new TaggedContentInfo[0],
                new OtherMsg[0]);
        try {
            ContentSigner content =
                    new JcaContentSignerBuilder(algorithm).build(signer.keys().getPrivate());
            var generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                            .build(content, signer.certificate().parsed()));
            generator.addCertificates(new org.bouncycastle.util.CollectionStore<>(
                    List.of(signer.certificate().parsed())));
            return generator
                    .generate(
                            new CMSProcessableByteArray(CMCObjectIdentifiers.id_cct_PKIData, data.getEncoded("DER")),
                            true)
                    .getEncoded();
        } catch (CMSException | IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    String base64() {
        return Base64.getEncoder().encodeToString(der());
    }
}
