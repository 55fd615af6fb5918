package dev.nameplate.ca.cli.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;

/** What a client brings into a TLS session: whom it trusts, and perhaps its own certificate and key. */
public final class TlsIdentity {
    private static final char[] IN_MEMORY_ONLY = new char[0];

    private TlsIdentity() {}

    /** @throws IllegalArgumentException naming the file that cannot be used */
    public static SSLContext context(Path trust, Optional<ClientKey> client) {
        return context(PemFiles.certificates(trust), client);
    }

    /** @param anchors whom the server's certificate must lead to */
    public static SSLContext context(List<X509CertificateHolder> anchors, Optional<ClientKey> client) {
        try {
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(anchors(anchors));
            return context(trusted.getTrustManagers(), client);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("TLS cannot be set up with these trust anchors: " + e.getMessage(), e);
        }
    }

    /**
     * TLS with whoever answers: for looking at a server, and for fetching its CA certificates when their fingerprint is checked
     * afterwards (RFC 7030, 4.1.1). Nothing secret may go over it.
     */
    public static SSLContext unverified() {
        try {
            return context(new TrustManager[] {new TrustsAnybody()}, Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has TLS", e);
        }
    }

    private static SSLContext context(TrustManager[] trusted, Optional<ClientKey> client)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(client.map(TlsIdentity::keyManagers).orElseGet(() -> new KeyManager[0]), trusted, null);
        return context;
    }

    /** The client's certificate first, then what is between it and the root. */
    public record ClientKey(List<X509CertificateHolder> chain, PrivateKey key) {
        public ClientKey {
            chain = List.copyOf(chain);
        }

        public static ClientKey read(Path certificates, Path key) {
            return new ClientKey(
                    PemFiles.certificates(certificates), PemFiles.keyPair(key).getPrivate());
        }
    }

    private static KeyManager[] keyManagers(ClientKey client) {
        try {
            X509Certificate[] chain = new X509Certificate[client.chain().size()];
            for (int i = 0; i < chain.length; i++) {
                chain[i] = jca(client.chain().get(i));
            }
            if (client.key().getEncoded() == null) {
                return new KeyManager[] {new OneClientKey(chain, client.key())};
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", client.key(), IN_MEMORY_ONLY, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, IN_MEMORY_ONLY);
            return keys.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("certificate and key cannot be used for TLS: " + e.getMessage(), e);
        }
    }

    private static KeyStore anchors(List<X509CertificateHolder> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (X509CertificateHolder certificate : certificates) {
            store.setCertificateEntry("anchor-" + store.size(), jca(certificate));
        }
        return store;
    }

    /** The same certificate as the JDK has it. */
    public static X509Certificate jca(X509CertificateHolder certificate) throws CertificateException {
        return new JcaX509CertificateConverter().getCertificate(certificate);
    }
}
