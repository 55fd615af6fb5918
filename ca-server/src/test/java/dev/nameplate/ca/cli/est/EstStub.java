package dev.nameplate.ca.cli.est;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.nameplate.ca.cli.est.check.SmallCa;
import dev.nameplate.est.CertsOnly;
import dev.nameplate.est.CmcRequest;
import dev.nameplate.est.CmcResponse;
import dev.nameplate.est.CmcResponse.Failure;
import dev.nameplate.est.CmcResponse.Outcome;
import dev.nameplate.est.CsrSigners;
import dev.nameplate.est.EnrollRequest;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.KeyProtection;
import dev.nameplate.est.KeyRecipient;
import dev.nameplate.est.MessageSigner;
import dev.nameplate.est.Pkcs10;
import dev.nameplate.est.SealedKey;
import dev.nameplate.est.ServerKeyAnswer;
import dev.nameplate.est.Wrapping;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** An EST server that certifies whatever it is asked for, unless a test answers before it does. */
final class EstStub implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SmallCa ca = new SmallCa();
    private final MessageSigner messages = messenger();
    private final KeyPair made = SmallCa.newKey();
    private volatile byte[] secret = {};
    private volatile Optional<CmcRequest.Echo> echo = Optional.empty();
    private final HttpsServer server;
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Before before;

    /** Tells whether it answered. */
    @FunctionalInterface
    interface Before {
        boolean answers(HttpExchange exchange) throws IOException;
    }

    EstStub(Before before) throws IOException {
        this.before = before;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext tls = ca.serverContext("localhost");
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = tls.getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    SmallCa ca() {
        return ca;
    }

    /** Method, operation, and the subject of the client's certificate if it showed one, of each request. */
    List<String> seen() {
        return seen;
    }

    static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String operation = path.substring(path.lastIndexOf('/') + 1);
            seen.add(exchange.getRequestMethod() + " " + operation
                    + client(exchange).map(name -> " by " + name).orElse(""));
            if (!before.answers(exchange)) {
                serve(exchange, operation, body);
            }
        }
    }

    private void serve(HttpExchange exchange, String operation, byte[] body) throws IOException {
        switch (operation) {
            case "fullcmc" -> fullCmc(exchange, body);
            case "serverkeygen" -> serverKeygen(exchange, body);
            default -> certificates(exchange, operation, body);
        }
    }

    private void certificates(HttpExchange exchange, String operation, byte[] body) throws IOException {
        byte[] message;
        if (operation.equals("cacerts")) {
            message = CertsOnly.encode(List.of(ca.issuer(), ca.root()));
        } else {
            Pkcs10 csr = EnrollRequest.parse(body).csr();
            message = CertsOnly.encode(List.of(ca.issue(csr.subject(), csr.publicKey())));
        }
        send(exchange, 200, EstMediaTypes.CERTS_ONLY, EstBase64.encode(message, Wrapping.LINES_64));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
    }

    /** Delivers one key, sealed by the secret that it was told, whatever the request calls it. */
    private void serverKeygen(HttpExchange exchange, byte[] body) throws IOException {
        Pkcs10 csr = EnrollRequest.parse(body).csr();
        var asked = (KeyProtection.BySecret) KeyProtection.of(csr);
        byte[] sealed = new SealedKey(messages, RANDOM)
                .seal(
                        made.getPrivate().getEncoded(),
                        new KeyRecipient.Secret(asked.id(), secret),
                        asked.capabilities());
        var key = SubjectPublicKeyInfo.getInstance(made.getPublic().getEncoded());
        var answer = ServerKeyAnswer.sealed(sealed, CertsOnly.encode(List.of(ca.issue(csr.subject(), key))), RANDOM);
        send(exchange, 200, answer.contentType(), answer.body());
    }

    KeyPair made() {
        return made;
    }

    void sealsBy(byte[] octets) {
        secret = octets.clone();
    }

    /** Certifies what it is asked for, and revokes nothing. */
    private void fullCmc(HttpExchange exchange, byte[] body) throws IOException {
        CmcRequest request = CmcRequest.parse(EstBase64.decode(body).content());
        List<Outcome> outcomes =
                request.parts().stream().map(part -> outcome(request, part)).toList();
        boolean done = outcomes.stream().allMatch(Outcome.Done.class::isInstance);
        byte[] message = new CmcResponse(messages, RANDOM).encode(echo.orElseGet(request::echo), outcomes);
        send(exchange, done ? 200 : 400, EstMediaTypes.CMC_RESPONSE, EstBase64.encode(message, Wrapping.LINES_64));
    }

    private Outcome outcome(CmcRequest request, CmcRequest.Part part) {
        return part instanceof CmcRequest.Part.Certification(long id, var wanted) && request.signatureIsValid()
                ? new Outcome.Done(id, List.of(ca.issue(wanted.subject(), wanted.publicKey())))
                : new Outcome.Failed(part.id(), Failure.BAD_CERTIFICATE_ID, "there is no such certificate");
    }

    /** What CMC answers say again, whatever the request said. */
    void saysAgain(CmcRequest.Echo what) {
        echo = Optional.of(what);
    }

    private MessageSigner messenger() {
        KeyPair keys = SmallCa.newKey();
        return MessageSigner.of(
                List.of(ca.issue(
                        new X500Name("CN=messages"),
                        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))),
                CsrSigners.of(keys.getPrivate()));
    }

    private static Optional<String> client(HttpExchange exchange) {
        try {
            return Optional.of(((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
