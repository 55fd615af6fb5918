package dev.nameplate.ca.cli.est.check;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.CertsOnly;
import dev.nameplate.est.EnrollRequest;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.est.Pkcs10;
import dev.nameplate.est.Wrapping;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.bouncycastle.cert.X509CertificateHolder;

/** A small EST server that does everything right but one thing. */
final class FaultyEst implements AutoCloseable {
    static final String USER = "sensor-17";
    static final String PASSWORD = "one:time";
    private static final String BASIC = new BasicCredentials(USER, PASSWORD).toHeader();
    private static final String BASE = "/.well-known/est/";

    private final SmallCa ca = new SmallCa();
    private final Fault fault;
    private final HttpsServer server;

    /** What is answered. */
    private record Reply(int status, String type, byte[] body) {
        static Reply text(int status, String text) {
            return new Reply(status, "text/plain", (text + "\n").getBytes(StandardCharsets.US_ASCII));
        }

        static Reply certificates(byte[] message) {
            return new Reply(200, EstMediaTypes.CERTS_ONLY, EstBase64.encode(message, Wrapping.LINES_64));
        }
    }

    FaultyEst(Fault fault) throws IOException {
        this.fault = fault;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext tls = ca.serverContext(fault == Fault.WRONG_HOST ? "elsewhere.example" : "localhost");
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

    int port() {
        return server.getAddress().getPort();
    }

    SmallCa ca() {
        return ca;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            send(exchange, reply(exchange, body));
        }
    }

    private Reply reply(HttpExchange exchange, byte[] body) throws IOException {
        String operation = exchange.getRequestURI().getPath().replace(BASE, "");
        boolean get = exchange.getRequestMethod().equals("GET");
        return switch (operation) {
            case "cacerts" -> get ? caCerts() : wrongMethod(exchange, "GET");
            case "csrattrs" -> get ? attributes() : wrongMethod(exchange, "GET");
            case "simpleenroll", "simplereenroll" ->
                get ? wrongMethod(exchange, "POST") : certify(exchange, operation.equals("simplereenroll"), body);
            default -> Reply.text(404, "there is nothing here");
        };
    }

    private Reply wrongMethod(HttpExchange exchange, String right) {
        if (fault != Fault.NO_ALLOW) {
            exchange.getResponseHeaders().set("Allow", right);
        }
        return Reply.text(405, "use " + right);
    }

    private Reply caCerts() throws IOException {
        List<X509CertificateHolder> chain =
                fault == Fault.NO_ROOT ? List.of(ca.issuer()) : List.of(ca.issuer(), ca.root());
        byte[] message = fault == Fault.SIGNERS ? ca.signed(chain) : CertsOnly.encode(chain);
        Reply right = Reply.certificates(message);
        return switch (fault) {
            case WRONG_MEDIA_TYPE -> new Reply(200, "application/octet-stream", right.body());
            case NOT_BASE64 -> new Reply(200, right.type(), message);
            default -> right;
        };
    }

    private Reply attributes() {
        return fault == Fault.ATTRIBUTES_NOT_DER
                ? new Reply(
                        200, EstMediaTypes.CSR_ATTRIBUTES, "MIAGCSqGSIb3DQEJBwAA\n".getBytes(StandardCharsets.US_ASCII))
                : new Reply(204, "", new byte[0]);
    }

    private Reply certify(HttpExchange exchange, boolean renewal, byte[] body) throws IOException {
        Optional<X509CertificateHolder> client = client(exchange);
        boolean known = client.isPresent()
                || (!renewal && BASIC.equals(exchange.getRequestHeaders().getFirst("Authorization")));
        if (!known && !(renewal && fault == Fault.RENEWS_FOR_ANYBODY)) {
            return unauthorized(exchange);
        }
        if (!EstMediaTypes.isPkcs10(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            return Reply.text(415, "the body is application/pkcs10");
        }
        try {
            Pkcs10 csr = EnrollRequest.parse(body).csr();
            return objection(csr, renewal, client).orElseGet(() -> issued(csr));
        } catch (MalformedMessageException e) {
            return Reply.text(fault == Fault.FAULT_ON_GARBAGE ? 500 : 400, String.valueOf(e.getMessage()));
        }
    }

    private Reply unauthorized(HttpExchange exchange) {
        if (fault != Fault.UNAUTHORIZED_WITHOUT_CHALLENGE) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"test\"");
        }
        return Reply.text(401, "who are you?");
    }

    private Optional<Reply> objection(Pkcs10 csr, boolean renewal, Optional<X509CertificateHolder> client) {
        if (!csr.signatureIsValid() && fault != Fault.BELIEVES_ANY_SIGNATURE) {
            return Optional.of(Reply.text(400, "the signature is wrong"));
        }
        if (csr.challengePassword().isPresent() && fault != Fault.IGNORES_THE_LINK) {
            return Optional.of(Reply.text(400, "the challengePassword is not this session's binding"));
        }
        boolean same =
                client.filter(own -> own.getSubject().equals(csr.subject())).isPresent();
        return renewal && client.isPresent() && !same && fault != Fault.RENEWS_UNDER_ANY_NAME
                ? Optional.of(Reply.text(403, "the names differ"))
                : Optional.empty();
    }

    private Reply issued(Pkcs10 csr) {
        if (fault == Fault.PENDING_WITHOUT_RETRY_AFTER) {
            return Reply.text(202, "an operator has to look at it");
        }
        X509CertificateHolder certificate = fault == Fault.ANOTHER_KEY
                ? ca.issue(csr.subject(), ca.issuer().getSubjectPublicKeyInfo())
                : ca.issue(csr.subject(), csr.publicKey());
        return Reply.certificates(CertsOnly.encode(
                fault == Fault.CHAIN_IN_THE_ANSWER ? List.of(certificate, ca.issuer()) : List.of(certificate)));
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        if (!reply.type().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", reply.type());
        }
        if (reply.status() == 200 && fault != Fault.NO_TRANSFER_ENCODING) {
            exchange.getResponseHeaders().set("Content-Transfer-Encoding", "base64");
        }
        boolean chunks = fault == Fault.CHUNKS && reply.status() == 200;
        exchange.sendResponseHeaders(reply.status(), chunks ? 0 : length(reply));
        if (reply.body().length > 0) {
            exchange.getResponseBody().write(reply.body());
        }
    }

    private static long length(Reply reply) {
        return reply.body().length == 0 ? -1 : reply.body().length;
    }

    private static Optional<X509CertificateHolder> client(HttpExchange exchange) throws IOException {
        try {
            return Optional.of(new X509CertificateHolder(((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerCertificates()[0]
                    .getEncoded()));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IOException(e);
        }
    }
}
