package dev.nameplate.ca.approval.webhook;

import dev.nameplate.ca.pki.CertificateDer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The client of the webhook: it follows no redirect, keeps no cookie, and believes only the CAs it is told to. */
final class WebhookTls {
    private WebhookTls() {}

    /** @param trust the system's CAs if empty */
    static HttpClient client(List<CertificateDer> trust, Duration patience) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience);
        return (trust.isEmpty() ? client : client.sslContext(context(trust))).build();
    }

    private static SSLContext context(List<CertificateDer> trust) {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            for (CertificateDer anchor : trust) {
                anchors.setCertificateEntry(
                        anchor.fingerprint().toString(),
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(anchor.octets())));
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("webhook.trust-file holds certificates that cannot be used", e);
        }
    }
}
