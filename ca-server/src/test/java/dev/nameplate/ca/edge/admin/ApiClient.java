package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.testkit.Party;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the API with a certificate, or with none. */
final class ApiClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final URI base;
    private final HttpClient client;

    /** An answer. */
    record Reply(int status, String contentType, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        String type() {
            return json().path("type").asString("");
        }
    }

    ApiClient(ApiRig rig, Optional<Party> who) {
        this.base = rig.base();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context(rig.pki().root(), who))
                .build();
    }

    Reply get(String path) {
        return send(request(path).GET());
    }

    Reply post(String path, String body) {
        return post(path, "application/json", body);
    }

    Reply post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    Reply call(String verb, String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(verb, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    Reply delete(String path) {
        return send(request(path).DELETE());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static SSLContext context(CertificateDer root, Optional<Party> who) {
        try {
            KeyStore trust = empty();
            trust.setCertificateEntry("root", jca(root));
            var anchors = TrustManagerFactory.getInstance("PKIX");
            anchors.init(trust);
            KeyStore identity = empty();
            if (who.isPresent()) {
                X509Certificate[] chain = {jca(who.get().certificate())};
                identity.setKeyEntry("me", who.get().keys().getPrivate(), new char[0], chain);
            }
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(identity, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
            context.init(keys.getKeyManagers(), anchors.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static X509Certificate jca(CertificateDer certificate) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.octets()));
    }
}
