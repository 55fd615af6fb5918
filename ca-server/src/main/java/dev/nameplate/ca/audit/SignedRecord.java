package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.DefaultCMSSignatureAlgorithmNameGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.cms.bc.BcECSignerInfoVerifierBuilder;
import org.bouncycastle.cms.bc.BcRSASignerInfoVerifierBuilder;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;

/** What {@link SignedRecords} signed, read by somebody who has nothing else. */
public record SignedRecord(byte[] content, Instant signedAt, CertificateDer signer) {
    private static final DefaultSignatureAlgorithmIdentifierFinder ALGORITHMS =
            new DefaultSignatureAlgorithmIdentifierFinder();

    public SignedRecord {
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedRecord that
                && signer.equals(that.signer)
                && signedAt.equals(that.signedAt)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** What came of reading. */
    public sealed interface Reading {
        record Right(SignedRecord record) implements Reading {}

        record Wrong(String why) implements Reading {}
    }

    /** @param anchors the CA certificates that may be above the signer */
    public static Reading read(byte[] der, List<CertificateDer> anchors, Optional<Sha256> pinned) {
        try {
            CMSSignedData cms = new CMSSignedData(der);
            if (cms.getSignerInfos().size() != 1 || cms.getSignedContent() == null) {
                return new Reading.Wrong("it has not one signature over a content");
            }
            SignerInformation signature = cms.getSignerInfos().iterator().next();
            List<CertificateDer> certificates = new ArrayList<>(anchors);
            for (X509CertificateHolder each : cms.getCertificates().getMatches(null)) {
                certificates.add(CertificateDer.of(each));
            }
            return read(cms, signature, certificates, pinned);
        } catch (CMSException | IllegalArgumentException e) {
            return new Reading.Wrong("it is no CMS SignedData: " + e.getMessage());
        }
    }

    @SuppressWarnings("unchecked") // a signer's identifier selects certificates, and says so by no type
    private static Reading read(
            CMSSignedData cms,
            SignerInformation signature,
            List<CertificateDer> certificates,
            Optional<Sha256> pinned) {
        Optional<X509CertificateHolder> signer =
                cms.getCertificates().getMatches(signature.getSID()).stream().findFirst();
        Optional<Instant> at = signedAt(signature);
        if (signer.isEmpty() || at.isEmpty()) {
            return new Reading.Wrong("its signer's certificate, or the time it was signed, is missing");
        }
        CertificateDer certificate = CertificateDer.of(signer.get());
        if (new AuditCertificates(certificates, pinned)
                .signer(certificate.fingerprint(), at.get())
                .isEmpty()) {
            return new Reading.Wrong("its signer is no audit certificate of this CA at that time");
        }
        return verifies(signature, signer.get())
                ? new Reading.Right(
                        new SignedRecord((byte[]) cms.getSignedContent().getContent(), at.get(), certificate))
                : new Reading.Wrong("its signature is wrong");
    }

    private static boolean verifies(SignerInformation signature, X509CertificateHolder signer) {
        try {
            return signature.verify(verifier(signer));
        } catch (CMSException | OperatorCreationException | IOException e) {
            return false;
        }
    }

    private static SignerInformationVerifier verifier(X509CertificateHolder signer)
            throws OperatorCreationException, IOException {
        var names = new DefaultCMSSignatureAlgorithmNameGenerator();
        var digests = new DefaultDigestAlgorithmIdentifierFinder();
        var calculators = new BcDigestCalculatorProvider();
        boolean rsa = signer.getSubjectPublicKeyInfo()
                .getAlgorithm()
                .getAlgorithm()
                .equals(PKCSObjectIdentifiers.rsaEncryption);
        var key = PublicKeyFactory.createKey(signer.getSubjectPublicKeyInfo());
        return rsa
                ? new BcRSASignerInfoVerifierBuilder(names, ALGORITHMS, digests, calculators).build(key)
                : new BcECSignerInfoVerifierBuilder(names, ALGORITHMS, digests, calculators).build(key);
    }

    private static Optional<Instant> signedAt(SignerInformation signature) {
        return Optional.ofNullable(signature.getSignedAttributes())
                .map(attributes -> attributes.get(CMSAttributes.signingTime))
                .map(attribute -> Time.getInstance(attribute.getAttrValues().getObjectAt(0)))
                .map(Time::getDate)
                .map(Date::toInstant);
    }
}
