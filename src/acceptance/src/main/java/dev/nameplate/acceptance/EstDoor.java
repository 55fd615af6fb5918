package dev.nameplate.acceptance;

import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.EstMediaTypes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The device door, from outside. */
public final class EstDoor implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final URI door;
    private final Path trust;
    private final HttpClient nobody;

    public EstDoor(URI door, Path trust) {
        this.door = door;
        this.trust = trust;
        this.nobody = Tls.client(trust, Optional.empty());
    }

    public static EstDoor of(ProductHome home) {
        return new EstDoor(home.deviceDoor(), home.trust());
    }

    public Answer caCerts() throws IOException {
        return send(nobody, request("cacerts").GET());
    }

    /** On a connection kept alive. */
    public Answer enrol(BasicCredentials code, byte[] body) throws IOException {
        return by(code, "simpleenroll", body);
    }

    /**
     * By a code, on a connection kept alive.
     *
     * @param operation with its label before it, if any
     */
    public Answer by(BasicCredentials code, String operation, byte[] body) throws IOException {
        return send(nobody, post(operation, body).header("Authorization", code.toHeader()));
    }

    /** On a connection of its own, with a full handshake. */
    public Answer reenrol(Identity identity, byte[] body) throws IOException {
        return by(identity, "simplereenroll", body);
    }

    /**
     * By a certificate, on a connection of its own.
     *
     * @param operation with its label before it, if any
     */
    public Answer by(Identity identity, String operation, byte[] body) throws IOException {
        HttpClient client = Tls.client(trust, Optional.of(identity));
        try {
            return send(client, post(operation, body));
        } finally {
            client.shutdownNow();
        }
    }

    @Override
    public void close() {
        nobody.shutdownNow();
    }

    private HttpRequest.Builder post(String operation, byte[] body) {
        return request(operation).header("Content-Type", EstMediaTypes.PKCS10).POST(BodyPublishers.ofByteArray(body));
    }

    private HttpRequest.Builder request(String operation) {
        return HttpRequest.newBuilder(door.resolve("/.well-known/est/" + operation))
                .timeout(ANSWER);
    }

    private static Answer send(HttpClient client, HttpRequest.Builder request) throws IOException {
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
