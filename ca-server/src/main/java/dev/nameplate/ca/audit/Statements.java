package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.CertificateDer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/**
 * Signs what this CA states for others to keep, with the audit key: CMS SignedData (RFC 5652, 5) with the content inside, the
 * time among the signed attributes, and every certificate up to the root beside it. {@code openssl cms -verify -purpose any}
 * and {@link SignedStatement} read it without anything of this CA but its root.
 */
public final class Statements {
    private final SealingKey key;
    private final CertificateDer certificate;
    private final List<CertificateDer> chain;

    /**
     * @param certificate the audit certificate
     * @param chain the certificates above it, the root among them
     * @throws IllegalArgumentException if this is not an audit certificate
     */
    public Statements(SealingKey key, CertificateDer certificate, List<CertificateDer> chain) {
        if (!AuditCertificates.maySeal(certificate)) {
            throw new IllegalArgumentException(certificate + " is not an audit certificate");
        }
        this.key = key;
        this.certificate = certificate;
        this.chain = List.copyOf(chain);
    }

    /** @return a ContentInfo in DER */
    public byte[] sign(byte[] content, Instant at) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                    .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(signedAt(at)))
                    .build(new TokenSigner(key, algorithm(certificate)), certificate.parsed()));
            generator.addCertificate(certificate.parsed());
            for (CertificateDer above : chain) {
                generator.addCertificate(above.parsed());
            }
            return generator
                    .generate(new CMSProcessableByteArray(content), true)
                    .toASN1Structure()
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a statement always encodes", e);
        }
    }

    @SuppressWarnings("JavaUtilDate") // Time takes nothing else
    private static AttributeTable signedAt(Instant at) {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(at)))));
        return new AttributeTable(attributes);
    }

    /** What {@link SealingKey} signs with. */
    private static AlgorithmIdentifier algorithm(CertificateDer certificate) {
        AlgorithmIdentifier key = certificate.parsed().getSubjectPublicKeyInfo().getAlgorithm();
        String name = "SHA256withRSA";
        if (key.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            name = SECObjectIdentifiers.secp256r1.equals(key.getParameters()) ? "SHA256withECDSA" : "SHA384withECDSA";
        } else if (!key.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
        }
        return new DefaultSignatureAlgorithmIdentifierFinder().find(name);
    }

    /** Collects what is to be signed and hands it to the key. */
    private record TokenSigner(SealingKey key, AlgorithmIdentifier algorithm, ByteArrayOutputStream collected)
            implements ContentSigner {
        TokenSigner(SealingKey key, AlgorithmIdentifier algorithm) {
            this(key, algorithm, new ByteArrayOutputStream());
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return algorithm;
        }

        @Override
        public OutputStream getOutputStream() {
            return collected;
        }

        @Override
        public byte[] getSignature() {
            return key.sign(collected.toByteArray());
        }
    }
}
