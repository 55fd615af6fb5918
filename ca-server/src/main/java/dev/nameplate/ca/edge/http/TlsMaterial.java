package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.CertificateDer;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a door shows of itself: an EC or RSA key and what certifies it.
 *
 * @param chain its certificate first, then its issuers; the root may be left out
 */
public record TlsMaterial(PrivateKey key, List<CertificateDer> chain) {
    public TlsMaterial {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a door needs at least its own certificate");
        }
        if (!belongTogether(key, chain.getFirst())) {
            throw new IllegalArgumentException("the key does not belong to the first certificate, " + chain.getFirst());
        }
    }

    private static boolean belongTogether(PrivateKey key, CertificateDer certificate) {
        X509Certificate own = Certificates.toJca(List.of(certificate))[0];
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            byte[] probe = certificate.octets();
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(own.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "TlsMaterial[" + chain.getFirst() + "]";
    }
}
