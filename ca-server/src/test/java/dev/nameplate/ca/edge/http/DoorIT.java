package dev.nameplate.ca.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.edge.http.RawClient.Heard;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP at the door: what is large, slow, odd or too much. */
class DoorIT {
    private static final TestPki PKI = new TestPki("door root");
    private final CountDownLatch inWork = new CountDownLatch(1);
    private final CountDownLatch mayGo = new CountDownLatch(1);
    private final Door door = TestDoors.https(PKI, TlsChoice.AUTO, this::routes);

    private void routes(RoutesConfig routes) {
        routes.get("/hello", ctx -> ctx.contentType("text/plain").result("hello"));
        routes.post("/length", ctx -> ctx.result(ctx.bodyAsBytes().length + " octets"));
        routes.get("/large", ctx -> ctx.result("x".repeat(200_000)));
        routes.get("/fault", ctx -> {
            throw new IllegalStateException("the secret reason");
        });
        routes.get("/slow", ctx -> {
            inWork.countDown();
            mayGo.await();
            ctx.result("done");
        });
    }

    @AfterEach
    void close() {
        mayGo.countDown();
        door.close();
    }

    private RawClient client() throws IOException {
        return RawClient.tls(PKI.client(), door.port());
    }

    private Heard ask(String request) throws IOException {
        try (RawClient client = client()) {
            return client.say(request).hear();
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    @Test
    void answersWithFewHeadersInTheUsualCaseAndTheExactLength() throws IOException {
        Heard heard = ask(get("/hello"));

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.text()).isEqualTo("hello");
        assertThat(heard.headers().keySet())
                .containsExactlyInAnyOrder("Date", "Content-Type", "Content-Length", RequestIds.HEADER);
        assertThat(heard.head()).hasSizeLessThan(1024);
        assertThat(heard.header(RequestIds.HEADER, "")).matches("[0-9a-f]{16}");
    }

    @ParameterizedTest
    @EnumSource(TlsChoice.class)
    void sendsHeaderAndBodyInOneRecord(TlsChoice library) throws IOException {
        try (Door own = TestDoors.https(PKI, library, this::routes);
                RawClient client = RawClient.tls(PKI.client(), own.port())) {
            String record = client.say(get("/hello")).hearOneRecord();

            assertThat(record).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nhello");
        }
    }

    @Test
    void neverChunksAnAnswer() throws IOException {
        Heard heard = ask(get("/large"));

        assertThat(heard.body()).hasSize(200_000);
        assertThat(heard.headers()).containsEntry("Content-Length", "200000").doesNotContainKey("Transfer-Encoding");
    }

    @Test
    void answersTwoRequestsOnOneConnection() throws IOException {
        try (RawClient client = client()) {
            assertThat(client.say(get("/hello")).hear().text()).isEqualTo("hello");
            assertThat(client.say(get("/hello")).hear().text()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void endsTlsInOrderWhenAskedToClose(String protocol) throws IOException {
        try (RawClient client = RawClient.tls(PKI.client(), door.port(), protocol)) {
            client.say("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(client.hearToTheEnd()).endsWith("hello");
        }
    }

    @Test
    void speaksHttp10() throws IOException {
        try (RawClient client = client()) {
            assertThat(client.say("GET /hello HTTP/1.0\r\n\r\n").hearToTheEnd()).endsWith("\r\n\r\nhello");
        }
    }

    @Test
    void letsTheBodyComeWhenAskedFirst() throws IOException {
        try (RawClient client = client()) {
            client.say("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");

            assertThat(client.hear().status()).isEqualTo(100);
            assertThat(client.say("12345").hear().text()).isEqualTo("5 octets");
        }
    }

    @Test
    void readsChunkedBodies() throws IOException {
        String request =
                "POST /length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";

        assertThat(ask(request).text()).isEqualTo("5 octets");
    }

    @Test
    void takesABodyOfExactlyTheLimit() throws IOException {
        String head = "POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: " + TestDoors.MAX_BODY + "\r\n\r\n";

        assertThat(ask(head + "x".repeat(TestDoors.MAX_BODY)).text()).isEqualTo("65536 octets");
    }

    @Test
    void refusesALargeBodyByItsAnnouncementAndCloses() throws IOException {
        try (RawClient client = client()) {
            client.say("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\nExpect: 100-continue\r\n\r\n");
            String all = client.hearToTheEnd();

            assertThat(all)
                    .startsWith("HTTP/1.1 413")
                    .contains("Connection: close")
                    .contains("65536 octets");
        }
    }

    @Test
    void refusesTenMegabytesThatAreSentAnyway() throws IOException {
        byte[] body = new byte[10_000_000];
        try (RawClient client = client()) {
            client.say("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n")
                    .say(body);

            assertThat(client.hear().status()).isEqualTo(413);
        }
    }

    @Test
    void refusesALargeChunkedBody() throws IOException {
        byte[] body = new byte[10_000_000];
        try (RawClient client = client()) {
            client.say("POST /length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n989680\r\n")
                    .say(body)
                    .say("\r\n0\r\n\r\n");

            assertThat(client.hear().status()).isEqualTo(413);
        }
    }

    @Test
    void refusesAHeaderFlood() throws IOException {
        String flood = "X-A: 0123456789\r\n".repeat(1000);

        assertThat(ask("GET /hello HTTP/1.1\r\nHost: x\r\n" + flood + "\r\n").status())
                .isEqualTo(431);
    }

    @Test
    void refusesALongPath() throws IOException {
        assertThat(ask(get("/" + "a".repeat(3000))).status()).isEqualTo(414);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/%2e%2e/hello", "/x/../hello", "//hello", "/hel%00lo", "/%2fhello", "/hello;x=/..", "/%zz"})
    void doesNotInterpretPathTricks(String path) throws IOException {
        Heard heard = ask(get(path));

        assertThat(heard.status()).isIn(400, 404);
        assertThat(heard.header("Content-Type", "")).startsWith("text/plain");
    }

    @Test
    void tellsGarbageInTextThatItIsGarbage() throws IOException {
        Heard heard = ask("\u0001\u0002 garbage\r\n\r\n");

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.header("Content-Type", "")).startsWith("text/plain");
        assertThat(heard.text()).doesNotContain("<");
    }

    @Test
    void saysNothingOfAFaultButTheRequestsId() throws IOException {
        Heard heard = ask(get("/fault"));

        assertThat(heard.status()).isEqualTo(500);
        assertThat(heard.text()).contains(heard.header(RequestIds.HEADER, "?")).doesNotContain("secret");
    }

    @Test
    void turnsRequestsAwayWhenAllPlacesAreTaken() throws Exception {
        var settings = new DoorSettings(
                "127.0.0.1",
                0,
                TestDoors.settings(Duration.ofSeconds(20)).requests(),
                new ConnectionLimits(10, 1, 10, 4, Duration.ofSeconds(20)));
        try (Door narrow = TestDoors.https(settings, PKI, TlsChoice.AUTO, this::routes);
                RawClient first = RawClient.tls(PKI.client(), narrow.port());
                RawClient second = RawClient.tls(PKI.client(), narrow.port())) {
            first.say(get("/slow"));
            inWork.await();
            Heard refused = second.say(get("/hello")).hear();
            mayGo.countDown();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After", "")).matches("[0-9]{1,4}");
            assertThat(first.hear().text()).isEqualTo("done");
            assertThat(first.say(get("/hello")).hear().text()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n",
                "POST /length HTTP/1.1\r\nHost: x\r\nX-Slow: ",
                ""
            })
    void closesOnWhoSendsTooSlowly(String beginning) throws IOException {
        try (Door hasty =
                        TestDoors.https(TestDoors.settings(Duration.ofMillis(300)), PKI, TlsChoice.AUTO, this::routes);
                RawClient client = RawClient.tls(PKI.client(), hasty.port())) {
            client.say(beginning);
            try (var drip = Executors.newSingleThreadScheduledExecutor()) {
                var drops = drip.scheduleAtFixedRate(() -> drop(client), 50, 50, TimeUnit.MILLISECONDS);

                assertThat(client.hearToTheEnd()).isEmpty();

                drops.cancel(true);
            }
        }
    }

    private static void drop(RawClient client) {
        try {
            client.say("x");
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    @Test
    void closesOnWhoNeverBeginsTls() throws IOException {
        try (Door hasty =
                        TestDoors.https(TestDoors.settings(Duration.ofMillis(300)), PKI, TlsChoice.AUTO, this::routes);
                RawClient client = RawClient.plain(hasty.port())) {
            assertThat(client.hearToTheEnd()).isEmpty();
        }
    }

    @Test
    void keepsAConnectionThatRestsBetweenRequests() throws IOException {
        try (Door hasty =
                        TestDoors.https(TestDoors.settings(Duration.ofMillis(300)), PKI, TlsChoice.AUTO, this::routes);
                RawClient client = RawClient.tls(PKI.client(), hasty.port())) {
            client.say(get("/hello")).hear();
            try (RawClient other = RawClient.tls(PKI.client(), hasty.port())) {
                other.say("x");
                assertThatThrownBy(other::hear).isInstanceOf(IOException.class);
            }

            assertThat(client.say(get("/hello")).hear().text()).isEqualTo("hello");
        }
    }

    @Test
    void letsNoClientHoldAHandshakePlaceByBeingSlow() throws IOException {
        var settings = new DoorSettings(
                "127.0.0.1",
                0,
                TestDoors.settings(Duration.ofSeconds(20)).requests(),
                new ConnectionLimits(20, 5, 10, 1, Duration.ofSeconds(20)));
        try (Door narrow = TestDoors.https(settings, PKI, TlsChoice.AUTO, this::routes);
                RawClient silent = RawClient.plain(narrow.port());
                RawClient slow = RawClient.plain(narrow.port())) {
            slow.say("\u0016\u0003\u0001"); // a handshake record that does not come

            try (RawClient client = RawClient.tls(PKI.client(), narrow.port())) {
                assertThat(client.say(get("/hello")).hear().text()).isEqualTo("hello");
            }
            assertThat(silent).isNotNull();
            assertThat(narrow.handshakesWaiting()).isZero();
        }
    }

    @Test
    void sendsAnIdleConnectionAwayWhenTheDoorIsFull() throws IOException {
        var settings = new DoorSettings(
                "127.0.0.1",
                0,
                TestDoors.settings(Duration.ofSeconds(20)).requests(),
                new ConnectionLimits(2, 1, 10, 4, Duration.ofSeconds(20)));
        try (Door narrow = TestDoors.https(settings, PKI, TlsChoice.AUTO, this::routes);
                RawClient first = RawClient.tls(PKI.client(), narrow.port())) {
            first.say(get("/hello")).hear();
            try (RawClient second = RawClient.tls(PKI.client(), narrow.port())) {
                assertThat(second.say(get("/hello")).hear().text()).isEqualTo("hello");
                assertThat(first.hearToTheEnd()).isEmpty();
            }
        }
    }
}
