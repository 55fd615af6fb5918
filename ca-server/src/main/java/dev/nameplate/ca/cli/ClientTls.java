package dev.nameplate.ca.cli;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS as the operator of a connection, trusting the home's CA alone. */
final class ClientTls {
    private ClientTls() {}

    static SSLContext context(OperatorConnection connection) {
        PemFile identity = PemFile.read(connection.identityPem());
        PemFile trust = PemFile.read(connection.trustPem());
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(identityStore(identity), new char[0]);
            TrustManagerFactory anchors = TrustManagerFactory.getInstance("PKIX");
            anchors.init(trustStore(trust.requiredCertificates()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), anchors.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw CommandFailedException.fault(connection.identityPem() + " does not work for TLS: " + e.getMessage());
        }
    }

    private static KeyStore identityStore(PemFile identity) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        X509Certificate[] chain = identity.requiredCertificates().toArray(X509Certificate[]::new);
        store.setKeyEntry("operator", identity.requiredKey(), new char[0], chain);
        return store;
    }

    private static KeyStore trustStore(List<X509Certificate> anchors) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        for (X509Certificate anchor : anchors) {
            store.setCertificateEntry("ca-" + store.size(), anchor);
        }
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
