package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.edge.http.Door;
import dev.nameplate.ca.edge.http.RawClient;
import dev.nameplate.ca.edge.http.RawClient.Heard;
import dev.nameplate.ca.edge.http.TestDoors;
import dev.nameplate.ca.edge.http.TestPki;
import dev.nameplate.ca.edge.http.TlsChoice;
import dev.nameplate.est.CsrBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500Name;

/** A device door with a {@link FakeCa} behind it, and requests to it. */
final class EstDoor implements AutoCloseable {
    static final String BASIC = "Authorization: Basic "
            + Base64.getEncoder().encodeToString((":" + FakeCa.CODE).getBytes(StandardCharsets.UTF_8)) + "\r\n";
    static final String PKCS10 = "Content-Type: application/pkcs10\r\n";
    static final byte[] CSR = CsrBuilder.forKey(new TestPki("a key").issue("x").key())
            .subject(new X500Name("CN=sensor-17"))
            .build()
            .der();
    static final String WRAPPED =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(CSR) + "\n";
    static final String FLAT = Base64.getEncoder().encodeToString(CSR);

    final FakeCa ca = new FakeCa();
    final Door door = TestDoors.https(
            ca.pki, TlsChoice.AUTO, routes -> EstRoutes.add(routes, ca.labels(), ca.features(), TestDoors.VOICE));

    /** Without a client certificate. */
    Heard get(String path) throws IOException {
        return ask("GET", path, "", "");
    }

    /** With the right code and media type. */
    Heard post(String path, String body) throws IOException {
        return ask("POST", path, BASIC + PKCS10, body);
    }

    /** @param headers each with its line end */
    Heard ask(String method, String path, String headers, String body) throws IOException {
        try (RawClient client = connect()) {
            client.say(request(method, path, headers, body));
            return method.equals("HEAD") ? client.hearHead() : client.hear();
        }
    }

    RawClient connect(TestPki.Identity... identity) throws IOException {
        return RawClient.tls(ca.pki.client(identity), door.port());
    }

    static String request(String method, String path, String headers, String body) {
        String length = body.isEmpty() && !method.equals("POST") ? "" : "Content-Length: " + body.length() + "\r\n";
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + length + "\r\n" + body;
    }

    @Override
    public void close() {
        door.close();
    }
}
