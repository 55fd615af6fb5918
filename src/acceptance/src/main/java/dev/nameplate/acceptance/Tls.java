package dev.nameplate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS of a client that trusts one CA and may have a certificate. */
public final class Tls {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final char[] NO_PASSWORD = new char[0];

    private Tls() {}

    /** A client whose requests share connections with no other client's. */
    public static HttpClient client(Path trust, Optional<Identity> identity) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .sslContext(context(trust, identity))
                .build();
    }

    public static SSLContext context(Path trust, Optional<Identity> identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    identity.isPresent() ? keys(identity.get()).getKeyManagers() : null,
                    anchors(trust).getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    public static TrustManagerFactory anchors(Path trust) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        for (Certificate anchor : certificates(trust)) {
            store.setCertificateEntry("anchor-" + store.size(), anchor);
        }
        TrustManagerFactory anchors = TrustManagerFactory.getInstance("PKIX");
        anchors.init(store);
        return anchors;
    }

    public static KeyManagerFactory keys(Identity identity) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry(
                "client", identity.key(), NO_PASSWORD, identity.chain().toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, NO_PASSWORD);
        return keys;
    }

    static Collection<? extends Certificate> certificates(Path pem) throws GeneralSecurityException {
        try (var content = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(content);
        } catch (IOException e) {
            throw new UncheckedIOException(pem + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
