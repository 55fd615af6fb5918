package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.CertificateDer;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets any client certificate through the handshake, expired, revoked and foreign ones too, so that its owner is told over
 * HTTP what is wrong. TLS itself still makes the client prove that it has the key. Whoever reads {@link ClientChain} must
 * check every certificate in it.
 */
final class ForgivingTrust extends X509ExtendedTrustManager {
    private static final int MAX_CERTIFICATES = 8;
    private static final int MAX_OCTETS = 32 * 1024;
    private final X509Certificate[] accepted;

    /** @param accepted whose certificates clients should choose from; with none named, they choose among all they have */
    ForgivingTrust(Collection<CertificateDer> accepted) {
        this.accepted = Certificates.toJca(accepted);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return accepted.clone();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length > MAX_CERTIFICATES) {
            throw new CertificateException(
                    "the client sent " + chain.length + " certificates, more than " + MAX_CERTIFICATES);
        }
        long octets = 0;
        for (X509Certificate certificate : chain) {
            octets += certificate.getEncoded().length;
        }
        if (octets > MAX_OCTETS) {
            throw new CertificateException("the client's certificates have more than " + MAX_OCTETS + " octets");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a door is no client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }
}
