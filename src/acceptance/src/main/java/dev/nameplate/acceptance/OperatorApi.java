package dev.nameplate.acceptance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operator door, as the first operator. */
public final class OperatorApi implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI door;
    private final HttpClient client;

    OperatorApi(URI door, Path operator, Path trust) {
        this.door = door;
        this.client = Tls.client(trust, Optional.of(Identity.read(operator)));
    }

    public void register(String device) throws IOException {
        register(device, Map.of());
    }

    public void register(String device, Map<String, String> attributes) throws IOException {
        post("/api/v1/devices", Map.of("id", device, "attributes", attributes));
    }

    /** The text of a fresh one-time code. */
    public String code(String device) throws IOException {
        return post("/api/v1/devices/" + device + "/codes", Map.of())
                .path("code")
                .asString();
    }

    /** The certificate on record, or nothing. */
    public Optional<X509CertificateHolder> certificate(String serial) throws IOException {
        Answer answer = get("/api/v1/certificates/" + serial);
        return answer.status() == 404
                ? Optional.empty()
                : Optional.of(parsed(json(answer).path("pem").asString()));
    }

    /** Every certificate on record for a device. */
    public List<X509CertificateHolder> certificatesOf(String device) throws IOException {
        JsonNode page = json(get("/api/v1/certificates?limit=1000&device=" + device));
        List<String> serials = StreamSupport.stream(page.path("items").spliterator(), false)
                .map(item -> item.path("serial").asString())
                .toList();
        List<X509CertificateHolder> certificates = new ArrayList<>();
        for (String serial : serials) {
            certificates.add(certificate(serial).orElseThrow());
        }
        return certificates;
    }

    /** The certificate of every issuer and root. */
    List<X509Certificate> issuers() throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (JsonNode issuer : json(get("/api/v1/issuers")).path("items")) {
            byte[] chain = issuer.path("chainPem").asString().getBytes(StandardCharsets.US_ASCII);
            certificates.add(first(chain));
        }
        return certificates;
    }

    /** For good. */
    public void revoke(String serial, String reason) throws IOException {
        post("/api/v1/certificates/" + serial + "/revocation", Map.of("reason", reason));
    }

    public void hold(String serial) throws IOException {
        post("/api/v1/certificates/" + serial + "/hold", Map.of());
    }

    public void release(String serial) throws IOException {
        post("/api/v1/certificates/" + serial + "/release", Map.of());
    }

    /** {@code intact}, if the server finds every entry and every seal right. */
    public String auditVerdict() throws IOException {
        return json(get("/api/v1/audit/verification")).path("verdict").asString();
    }

    /** Whether anything answers, and it says that it is ready. */
    public boolean isReady() {
        try {
            return readiness().status() == 200;
        } catch (ConnectException notYet) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Answer readiness() throws IOException {
        return get("/health/ready");
    }

    public Answer get(String path) throws IOException {
        return send(request(path).GET());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private JsonNode post(String path, Map<String, ?> body) throws IOException {
        return json(ask(path, body));
    }

    /** What is answered, whatever it is. */
    Answer ask(String path, Map<String, ?> body) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(door.resolve(path)).timeout(ANSWER);
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonNode json(Answer answer) {
        if (answer.status() >= 400) {
            throw new AssertionError("the operator door refuses: " + answer);
        }
        return JSON.readTree(answer.body());
    }

    private static X509Certificate first(byte[] pem) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            throw new AssertionError("the chain of an issuer is none", e);
        }
    }

    private static X509CertificateHolder parsed(String pem) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            return (X509CertificateHolder) parser.readObject();
        }
    }
}
