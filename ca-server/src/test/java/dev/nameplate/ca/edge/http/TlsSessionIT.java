package dev.nameplate.ca.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.pki.SessionBinding;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ends of a TLS session know the same binding, and those of another session another. */
class TlsSessionIT {
    private static final TestPki PKI = new TestPki("door root");
    private static final SSLContext CONSCRYPT = conscrypt();

    /** Says whether the binding in the header is that of the session it came in. */
    static void routes(RoutesConfig routes) {
        routes.get(
                "/bound",
                ctx -> ctx.result(
                        switch (TlsSession.bindingOf(ctx)) {
                            case SessionBinding.Known known ->
                                known.kind() + " " + known.isShownBy(String.valueOf(ctx.header("Shown")));
                            case SessionBinding.Unknown(var why) -> why;
                        }));
        routes.get("/last", ctx -> {
            TlsSession.endAfterAnswer(ctx);
            ctx.result("bye");
        });
    }

    static Stream<TlsChoice> libraries() {
        return Stream.of(TlsChoice.JDK, TlsChoice.CONSCRYPT);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void exportsTheSameAsTheClientInTls13WithEitherLibrary(TlsChoice library) throws Exception {
        try (Door door = TestDoors.https(PKI, library, TlsSessionIT::routes);
                RawClient client = RawClient.tls(PKI.client(), door.port(), "TLSv1.3")) {
            String shown = exported(client);

            assertThat(answer(client, shown)).isEqualTo("tls-exporter true");
            assertThat(answer(client, shown + "\t")).isEqualTo("tls-exporter true");
            assertThat(answer(client, "A" + shown)).isEqualTo("tls-exporter false");
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void knowsTheBindingOfAnotherSessionForWhatItIs(TlsChoice library) throws Exception {
        try (Door door = TestDoors.https(PKI, library, TlsSessionIT::routes);
                RawClient one = RawClient.tls(PKI.client(), door.port(), "TLSv1.3");
                RawClient other = RawClient.tls(PKI.client(), door.port(), "TLSv1.3")) {
            assertThat(answer(one, exported(other))).isEqualTo("tls-exporter false");
        }
    }

    @Test
    void knowsTlsUniqueOfAFullAndOfAResumedHandshakeInTls12() throws Exception {
        try (Door door = TestDoors.https(PKI, TlsChoice.CONSCRYPT, TlsSessionIT::routes)) {
            Set<String> sessions = new HashSet<>();
            for (int time = 0; time < 2; time++) {
                try (RawClient client = RawClient.tls(CONSCRYPT, door.port(), "TLSv1.2")) {
                    sessions.add(HexFormat.of()
                            .formatHex(client.socket().getSession().getId()));
                    assertThat(answer(client, unique(client))).isEqualTo("tls-unique true");
                    assertThat(answer(client, "AAAAAAAAAAAAAAAA")).isEqualTo("tls-unique false");
                }
            }
            assertThat(sessions).as("the second took up the first").hasSize(1);
        }
    }

    @Test
    void saysWhatToUseInsteadWhereThereIsNoTlsUnique() throws Exception {
        try (Door door = TestDoors.https(PKI, TlsChoice.JDK, TlsSessionIT::routes);
                RawClient client = RawClient.tls(PKI.client(), door.port(), "TLSv1.2")) {
            assertThat(answer(client, "AAAA")).contains("TLS 1.3", "tls-exporter");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsChoice.class,
            names = {"JDK", "CONSCRYPT"})
    void closesTheConnectionAfterTheAnswerThatUsedItsBinding(TlsChoice library) throws Exception {
        try (Door door = TestDoors.https(PKI, library, TlsSessionIT::routes);
                RawClient client = RawClient.tls(PKI.client(), door.port())) {
            String all =
                    client.say("GET /last HTTP/1.1\r\nHost: localhost\r\n\r\n").hearToTheEnd();

            assertThat(all).contains("Connection: close").endsWith("bye");
        }
    }

    private static String answer(RawClient client, String shown) throws IOException {
        return client.say("GET /bound HTTP/1.1\r\nHost: localhost\r\nShown: " + shown + "\r\n\r\n")
                .hear()
                .text();
    }

    private static String exported(RawClient client) throws Exception {
        var session = (ExtendedSSLSession) client.socket().getSession();
        return Base64.getEncoder()
                .encodeToString(session.exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32));
    }

    private static String unique(RawClient client) {
        return Base64.getEncoder().encodeToString(Conscrypt.getTlsUnique(client.socket()));
    }

    private static SSLContext conscrypt() {
        try {
            SSLContext context = SSLContext.getInstance("TLS", Conscrypt.newProvider());
            context.init(null, new TrustManager[] {new AnyServer()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static final class AnyServer implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
