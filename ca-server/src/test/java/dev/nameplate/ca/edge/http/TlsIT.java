package dev.nameplate.ca.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.edge.http.TestPki.Identity;
import dev.nameplate.ca.pki.CertificateDer;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS at the door, with either library. */
class TlsIT {
    private static final TestPki PKI = new TestPki("door root");
    private static final String WHO = "GET /who HTTP/1.1\r\nHost: localhost\r\n\r\n";

    static void routes(RoutesConfig routes) {
        routes.get(
                "/who",
                ctx -> ctx.result(ClientChain.of(ctx).stream()
                        .map(certificate -> certificate.parsed().getSubject().toString())
                        .reduce("", (some, more) -> some + "[" + more + "]")));
    }

    static Stream<Arguments> librariesAndProtocols() {
        return Stream.of(TlsChoice.JDK, TlsChoice.CONSCRYPT)
                .flatMap(library -> Stream.of("TLSv1.2", "TLSv1.3").map(protocol -> Arguments.of(library, protocol)));
    }

    private static String who(Door door, SSLContext context, String... protocols) throws IOException {
        try (RawClient client = RawClient.tls(context, door.port(), protocols)) {
            return client.say(WHO).hear().text();
        }
    }

    private static String openssl(Door door, String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + door.port()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        process.waitFor();
        return said;
    }

    @ParameterizedTest
    @MethodSource("librariesAndProtocols")
    void asksForACertificateAndServesWithoutOne(TlsChoice library, String protocol) throws IOException {
        try (Door door = TestDoors.https(PKI, library, TlsIT::routes)) {
            assertThat(who(door, PKI.client(), protocol)).isEmpty();
            assertThat(who(door, PKI.client(PKI.issue("sensor-1")), protocol)).isEqualTo("[CN=sensor-1]");
        }
    }

    @ParameterizedTest
    @MethodSource("librariesAndProtocols")
    void letsExpiredAndForeignCertificatesThroughTheHandshake(TlsChoice library, String protocol) throws IOException {
        Identity expired = PKI.issue("expired", Duration.ofDays(-2), Duration.ofDays(-1));
        Identity foreign = new TestPki("elsewhere").issue("foreign");
        try (Door door = openToAll(library)) {
            assertThat(who(door, PKI.client(expired), protocol)).isEqualTo("[CN=expired]");
            assertThat(who(door, PKI.client(foreign), protocol)).isEqualTo("[CN=foreign]");
        }
    }

    /** Names no accepted issuers, so that clients show what they have. */
    private static Door openToAll(TlsChoice library) {
        var tls = new DoorTls(TlsLibrary.of(library), PKI.door(), List.of());
        return Door.https("test", TestDoors.settings(Duration.ofSeconds(20)), tls, TestDoors.VOICE, TlsIT::routes)
                .open();
    }

    @ParameterizedTest
    @MethodSource("librariesAndProtocols")
    void keepsTheClientsCertificateWhenASessionIsResumed(TlsChoice library, String protocol) throws IOException {
        SSLContext client = PKI.client(PKI.issue("sensor-1"));
        try (Door door = TestDoors.https(PKI, library, TlsIT::routes)) {
            who(door, client, protocol);
            try (RawClient again = RawClient.tls(client, door.port(), protocol)) {
                assertThat(again.say(WHO).hear().text()).isEqualTo("[CN=sensor-1]");
                assertThat(again.resumed()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsChoice.class,
            names = {"JDK", "CONSCRYPT"})
    void showsNewMaterialAfterAReloadAndKeepsOpenConnections(TlsChoice library) throws Exception {
        TestPki next = new TestPki("next root");
        var tls = new DoorTls(TlsLibrary.of(library), PKI.door(), List.of(PKI.root()));
        try (Door door = Door.https(
                                "test", TestDoors.settings(Duration.ofSeconds(20)), tls, TestDoors.VOICE, TlsIT::routes)
                        .open();
                RawClient before = RawClient.tls(PKI.client(), door.port())) {
            before.say(WHO).hear();
            assertThat(openssl(door)).contains("CN = door root").doesNotContain("CN = manufacturer");

            tls.reload(next.door(), List.of(next.root(), new TestPki("manufacturer").root()));

            assertThat(before.say(WHO).hear().status()).isEqualTo(200);
            assertThat(who(door, next.client(next.issue("sensor-2")))).isEqualTo("[CN=sensor-2]");
            assertThat(openssl(door)).contains("CN = next root", "CN = manufacturer");
            assertThatThrownBy(() -> who(door, PKI.client())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesMaterialThatDoesNotWorkAndGoesOn() throws IOException {
        var tls = new DoorTls(TlsLibrary.of(TlsChoice.AUTO), PKI.door(), List.of());
        try (Door door = Door.https(
                        "test", TestDoors.settings(Duration.ofSeconds(20)), tls, TestDoors.VOICE, TlsIT::routes)
                .open()) {
            Identity other = PKI.issue("localhost");
            List<CertificateDer> chain = PKI.door().chain();

            assertThatThrownBy(() -> new TlsMaterial(other.key().getPrivate(), chain))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not belong");
            assertThat(who(door, PKI.client())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsChoice.class,
            names = {"JDK", "CONSCRYPT"})
    void refusesOldProtocolsAndWeakSuites(TlsChoice library) throws Exception {
        try (Door door = TestDoors.https(PKI, library, TlsIT::routes)) {
            assertThat(openssl(door, "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"))
                    .contains("Cipher is (NONE)");
            assertThat(openssl(door, "-tls1_2", "-cipher", "aNULL:eNULL:AES128-SHA:ECDHE-ECDSA-AES128-SHA@SECLEVEL=0"))
                    .contains("Cipher is (NONE)");
            assertThat(openssl(door, "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"))
                    .contains("Cipher is ECDHE-ECDSA-AES128-GCM-SHA256", "Extended master secret: yes");
            assertThat(openssl(door, "-tls1_3")).contains("TLSv1.3, Cipher is TLS_AES");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsChoice.class,
            names = {"JDK", "CONSCRYPT"})
    void offersNoTlsWithoutItsCertificate(TlsChoice library) throws Exception {
        try (Door door = TestDoors.https(PKI, library, TlsIT::routes)) {
            for (String suites : List.of("PSK", "SRP", "ADH")) {
                assertThat(openssl(door, "-tls1_2", "-psk", "00", "-cipher", suites + "@SECLEVEL=0"))
                        .contains("Cipher is (NONE)");
            }
            assertThat(openssl(door, "-tls1_3", "-psk", "00112233445566778899aabbccddeeff"))
                    .contains("Server certificate", "New, TLSv1.3");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsChoice.class,
            names = {"JDK", "CONSCRYPT"})
    void namesTheAcceptedIssuers(TlsChoice library) throws Exception {
        try (Door door = TestDoors.https(PKI, library, TlsIT::routes)) {
            assertThat(openssl(door)).contains("Acceptable client certificate CA names\nCN = door root");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsChoice.class,
            names = {"JDK", "CONSCRYPT"})
    void bearsAnUnknownApplicationProtocol(TlsChoice library) throws Exception {
        try (Door door = TestDoors.https(PKI, library, TlsIT::routes)) {
            assertThat(openssl(door, "-alpn", "http/1.0", "-tls1_3")).contains("TLSv1.3, Cipher is TLS_AES");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsChoice.class,
            names = {"JDK", "CONSCRYPT"})
    void doesNotRenegotiate(TlsChoice library) throws Exception {
        try (Door door = TestDoors.https(PKI, library, TlsIT::routes)) {
            var process = new ProcessBuilder(
                            "openssl",
                            "s_client",
                            "-tls1_2",
                            "-legacy_renegotiation",
                            "-connect",
                            "127.0.0.1:" + door.port())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().write("R\n".getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            process.waitFor();
            assertThat(said).contains("RENEGOTIATING").doesNotContainPattern("(?s)RENEGOTIATING.*verify return");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsChoice.class,
            names = {"JDK", "CONSCRYPT"})
    void isNotImpressedByForwardedCertificates(TlsChoice library) throws IOException {
        try (Door door = TestDoors.https(PKI, library, TlsIT::routes);
                RawClient client = RawClient.tls(PKI.client(), door.port())) {
            String der = java.util.Base64.getEncoder()
                    .encodeToString(PKI.issue("forged").certificate().octets());
            String headers = "Client-Cert: :" + der + ":\r\nX-SSL-Client-Cert: " + der + "\r\n";

            assertThat(client.say(WHO.replace("\r\n\r\n", "\r\n" + headers + "\r\n"))
                            .hear()
                            .text())
                    .isEmpty();
        }
    }

    @Test
    void agreesOnHybridKeysWithConscrypt() throws Exception {
        try (Door door = TestDoors.https(PKI, TlsChoice.CONSCRYPT, TlsIT::routes)) {
            assertThat(groupAgreedOn(door, "X25519MLKEM768")).isEqualTo("X25519MLKEM768");
            assertThat(groupAgreedOn(door, "X25519MLKEM768", "X25519")).isEqualTo("X25519MLKEM768");
            assertThat(groupAgreedOn(door, "X25519")).isEqualTo("X25519");
        }
        try (Door door = TestDoors.https(PKI, TlsChoice.JDK, TlsIT::routes)) {
            assertThatThrownBy(() -> groupAgreedOn(door, "X25519MLKEM768")).isInstanceOf(IOException.class);
            assertThat(groupAgreedOn(door, "X25519MLKEM768", "X25519")).isEqualTo("X25519");
        }
    }

    @Test
    void saysTruthfullyWhichLibraryAgreesOnHybridKeys() {
        assertThat(TlsLibrary.of(TlsChoice.CONSCRYPT).agreesOnHybridKeys()).isTrue();
        assertThat(TlsLibrary.of(TlsChoice.CONSCRYPT)).asString().matches("Conscrypt 2\\.\\d+\\.\\d+");
        assertThat(TlsLibrary.of(TlsChoice.JDK).agreesOnHybridKeys())
                .as("as long as the JDK's TLS has no such group")
                .isFalse();
    }

    /** By a client that takes these and nothing else. */
    private static String groupAgreedOn(Door door, String... groups) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", Conscrypt.newProvider());
        context.init(null, new TrustManager[] {new AnyServer()}, null);
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", door.port())) {
            Conscrypt.setNamedGroups(socket, groups);
            socket.startHandshake();
            return Conscrypt.getGroupName(socket);
        }
    }

    /** Conscrypt's clients call the key exchange of TLS 1.3 GENERIC, which the JDK's trust manager does not know. */
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
