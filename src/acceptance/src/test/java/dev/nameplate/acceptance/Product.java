package dev.nameplate.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The running product that tests of clients share; it is made once and stopped when all tests are done. */
final class Product implements AutoCloseable {
    private final ProductHome home = ProductHome.create();
    private final ServerProcess server;
    private final OperatorApi api = home.operatorApi();
    private final AtomicInteger devices = new AtomicInteger();

    private Product(UnaryOperator<String> settings) {
        home.changeSettings(settings);
        // makes the issuers that the settings have more of
        home.nameplate("init").requireDone();
        server = home.serve();
    }

    /** One of its own, for who needs other settings. */
    static Product with(UnaryOperator<String> settings) {
        return new Product(settings);
    }

    /** Gives it to whoever asks for it. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Product.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.GLOBAL)
                    .computeIfAbsent(Product.class, _ -> with(UnaryOperator.identity()), Product.class);
        }
    }

    /** A registered device and a code of its own. */
    record Newcomer(String device, String code) {
        String userAndPassword() {
            return device + ":" + code;
        }
    }

    Newcomer newcomer(String kind) throws IOException {
        return newcomer(kind, Map.of());
    }

    Newcomer newcomer(String kind, Map<String, String> attributes) throws IOException {
        String device = kind + "-" + devices.incrementAndGet();
        api.register(device, attributes);
        return new Newcomer(device, api.code(device));
    }

    ProductHome home() {
        return home;
    }

    ServerProcess server() {
        return server;
    }

    OperatorApi api() {
        return api;
    }

    Path trust() {
        return home.trust();
    }

    String est(String path) {
        return home.deviceDoor() + "/.well-known/est/" + path;
    }

    /** A directory for one test's files. */
    Program bench() throws IOException {
        return new Program(Files.createTempDirectory(home.scratch(), "client"), Map.of());
    }

    /** What openssl says of the chain: the root is what the home trusts, the rest is what cacerts gave. */
    void requireChain(Program openssl, Path caCerts, Path certificate) {
        openssl.run(List.of(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-purpose",
                        "sslclient",
                        "-CAfile",
                        trust().toString(),
                        "-untrusted",
                        caCerts.toString(),
                        certificate.toString()))
                .requireDone();
    }

    static List<String> words(String line) {
        return Stream.of(line.split(" +", -1)).toList();
    }

    @Override
    public void close() {
        api.close();
        server.close();
        home.close();
    }
}
