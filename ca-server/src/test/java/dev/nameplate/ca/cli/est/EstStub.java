package dev.nameplate.ca.cli.est;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.nameplate.ca.cli.est.check.SmallCa;
import dev.nameplate.est.CertsOnly;
import dev.nameplate.est.EnrollRequest;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.Pkcs10;
import dev.nameplate.est.Wrapping;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** An EST server that certifies whatever it is asked for, unless a test answers before it does. */
final class EstStub implements AutoCloseable {
    private final SmallCa ca = new SmallCa();
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
        byte[] message;
        if (operation.equals("cacerts")) {
            message = CertsOnly.encode(List.of(ca.issuer(), ca.root()));
        } else {
            Pkcs10 csr = EnrollRequest.parse(body).csr();
            message = CertsOnly.encode(List.of(ca.issue(csr.subject(), csr.publicKey())));
        }
        byte[] text = EstBase64.encode(message, Wrapping.LINES_64);
        exchange.getResponseHeaders().set("Content-Type", EstMediaTypes.CERTS_ONLY);
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
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
