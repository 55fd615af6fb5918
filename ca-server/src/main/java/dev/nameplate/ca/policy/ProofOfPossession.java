package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.Verifier;
import dev.nameplate.ca.refusal.Refusal;
import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Whoever wrote the CSR has the private key (RFC 7030, 3.4). */
record ProofOfPossession(Verifier verifier) implements CsrCheck {
    @Override
    public Optional<Refusal> objectionTo(Request request) {
        return verifies(request) ? Optional.empty() : Optional.of(new Refusal.CsrSignatureWrong());
    }

    private boolean verifies(Request request) {
        PKCS10CertificationRequest csr = request.csr().request();
        try {
            byte[] signed = csr.toASN1Structure().getCertificationRequestInfo().getEncoded(ASN1Encoding.DER);
            SubjectKey key = request.key();
            return verifier.verifies(
                    csr.getSignatureAlgorithm(), key.info(), key.parameters(), signed, csr.getSignature());
        } catch (IOException e) {
            throw new IllegalStateException("a parsed CSR always encodes", e);
        }
    }
}
