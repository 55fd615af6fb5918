package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.util.Store;

/** A statement of {@link Statements} as somebody reads it who has nothing but the file, and knows the CA's root. */
public final class SignedStatement {
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();

    private SignedStatement() {}

    /** What reading a statement comes to. */
    public sealed interface Verdict {
        /** @param signer the audit certificate */
        record Genuine(byte[] content, Instant signedAt, CertificateDer signer) implements Verdict {}

        /** @param why one line */
        record NotGenuine(String why) implements Verdict {}
    }

    /**
     * @param pinned the SHA-256 of the CA certificate that it must lead to; without one, any root it brings along
     */
    public static Verdict verify(byte[] statement, Optional<Sha256> pinned) {
        try {
            CMSSignedData signed = new CMSSignedData(statement);
            List<SignerInformation> signers =
                    List.copyOf(signed.getSignerInfos().getSigners());
            if (signers.size() != 1 || signed.getSignedContent() == null) {
                return new Verdict.NotGenuine("it is not signed once with its content inside");
            }
            return verify(signed, signers.getFirst(), pinned);
        } catch (CMSException
                | IOException
                | IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | RuntimeOperatorException
                | OperatorCreationException
                | CertificateException malformed) {
            return new Verdict.NotGenuine("it is not CMS SignedData that can be read");
        }
    }

    private static Verdict verify(CMSSignedData signed, SignerInformation signer, Optional<Sha256> pinned)
            throws CMSException, IOException, OperatorCreationException, CertificateException {
        Optional<Instant> at = signedAt(signer);
        Optional<CertificateDer> certificate = certificate(signed.getCertificates(), signer);
        if (at.isEmpty() || certificate.isEmpty()) {
            return new Verdict.NotGenuine("it lacks its signer's certificate or the time of signing");
        }
        AuditCertificates known = new AuditCertificates(all(signed.getCertificates()), pinned);
        if (known.signer(certificate.get().fingerprint(), at.get()).isEmpty()) {
            return new Verdict.NotGenuine("its signer is no audit certificate of this CA at that time");
        }
        boolean right = signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                .setProvider(BC)
                .build(certificate.get().parsed()));
        return right
                ? new Verdict.Genuine(content(signed), at.get(), certificate.get())
                : new Verdict.NotGenuine("its signature is wrong");
    }

    private static byte[] content(CMSSignedData signed) throws CMSException, IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        signed.getSignedContent().write(content);
        return content.toByteArray();
    }

    private static Optional<Instant> signedAt(SignerInformation signer) {
        Attribute attribute = signer.getSignedAttributes() == null
                ? null
                : signer.getSignedAttributes().get(CMSAttributes.signingTime);
        return Optional.ofNullable(attribute)
                .filter(present -> present.getAttrValues().size() == 1)
                .map(present -> Time.getInstance(present.getAttrValues().getObjectAt(0))
                        .getDate()
                        .toInstant());
    }

    @SuppressWarnings("unchecked") // SignerId selects certificates
    private static Optional<CertificateDer> certificate(Store<X509CertificateHolder> store, SignerInformation signer) {
        Collection<X509CertificateHolder> matches = store.getMatches(signer.getSID());
        return matches.stream().findFirst().map(CertificateDer::of);
    }

    private static List<CertificateDer> all(Store<X509CertificateHolder> store) {
        List<CertificateDer> all = new ArrayList<>();
        store.getMatches(null).forEach(certificate -> all.add(CertificateDer.of(certificate)));
        return all;
    }
}
