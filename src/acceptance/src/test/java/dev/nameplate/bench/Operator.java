package dev.nameplate.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The first operator of a home, on a connection kept alive. */
final class Operator implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI door;
    private final HttpClient client;

    Operator(Product product) {
        this.door = product.operatorDoor();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context(
                        product.home().resolve("operators/admin.pem"),
                        product.home().resolve("tls/ca.pem")))
                .build();
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    JsonNode post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** @param serial in hexadecimal */
    void revoke(String serial) {
        JsonNode standing = post("/api/v1/certificates/" + serial + "/revocation", "{\"reason\":\"superseded\"}");
        if (!standing.path("revoked").isObject()) {
            throw new IllegalStateException("the certificate is not revoked: " + standing);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(door.resolve(path)).timeout(ANSWER);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 400) {
                throw new IllegalStateException("the operator door answers " + answer.statusCode() + " "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static SSLContext context(Path identity, Path trust) {
        try {
            KeyStore own = empty();
            List<Certificate> chain = new ArrayList<>();
            List<PrivateKey> key = new ArrayList<>();
            read(identity, key, chain);
            own.setKeyEntry("operator", key.getFirst(), new char[0], chain.toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(own, new char[0]);
            KeyStore anchors = empty();
            List<Certificate> roots = new ArrayList<>();
            read(trust, new ArrayList<>(), roots);
            anchors.setCertificateEntry("root", roots.getFirst());
            TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
            trusted.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS of the operator cannot be set up", e);
        }
    }

    private static void read(Path pem, List<PrivateKey> keys, List<Certificate> chain)
            throws IOException, GeneralSecurityException {
        try (Reader reader = Files.newBufferedReader(pem);
                PEMParser parser = new PEMParser(reader)) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PrivateKeyInfo info) {
                    keys.add(new JcaPEMKeyConverter().getPrivateKey(info));
                } else if (found instanceof X509CertificateHolder holder) {
                    chain.add(CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(holder.getEncoded())));
                }
            }
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
