package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.CertificateDer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.util.CollectionStore;

/**
 * Signs what has to stand by itself, outside the trail, with the audit key: CMS SignedData around the content, with the audit
 * certificate and those above it but for the root (RFC 5652, 5). {@link SignedRecord} reads it, and so does {@code openssl cms}.
 */
public final class SignedRecords {
    private final SealingKey key;
    private final CertificateDer certificate;
    private final List<X509CertificateHolder> chain;

    /** @param above the certificates above the audit certificate, up to the root */
    public SignedRecords(SealingKey key, CertificateDer certificate, List<CertificateDer> above) {
        this.key = key;
        this.certificate = certificate;
        List<X509CertificateHolder> all = new ArrayList<>(List.of(certificate.parsed()));
        above.stream()
                .map(CertificateDer::parsed)
                .filter(ca -> !ca.getSubject().equals(ca.getIssuer()))
                .forEach(all::add);
        this.chain = List.copyOf(all);
    }

    /** @return DER */
    public byte[] sign(byte[] content) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                    .build(new KeySigner(key, algorithm()), certificate.parsed()));
            generator.addCertificates(new CollectionStore<>(chain));
            return generator
                    .generate(new CMSProcessableByteArray(content), true)
                    .toASN1Structure()
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a record cannot be put into CMS", e);
        }
    }

    private AlgorithmIdentifier algorithm() {
        SubjectPublicKeyInfo subject = certificate.parsed().getSubjectPublicKeyInfo();
        var type = subject.getAlgorithm().getAlgorithm();
        if (type.equals(EdECObjectIdentifiers.id_Ed25519)) {
            return new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
        }
        if (type.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption);
        }
        boolean p256 =
                SECObjectIdentifiers.secp256r1.equals(subject.getAlgorithm().getParameters());
        return new AlgorithmIdentifier(
                p256 ? X9ObjectIdentifiers.ecdsa_with_SHA256 : X9ObjectIdentifiers.ecdsa_with_SHA384);
    }

    private record KeySigner(SealingKey key, AlgorithmIdentifier algorithm, ByteArrayOutputStream message)
            implements ContentSigner {
        KeySigner(SealingKey key, AlgorithmIdentifier algorithm) {
            this(key, algorithm, new ByteArrayOutputStream());
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return algorithm;
        }

        @Override
        public OutputStream getOutputStream() {
            return message;
        }

        @Override
        public byte[] getSignature() {
            return key.sign(message.toByteArray());
        }
    }
}
