package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A device with curl at a label where an operator has the last word. */
@TestInstance(Lifecycle.PER_CLASS)
final class ApprovalIT {
    private static final Pattern RETRY_AFTER = Pattern.compile("(?im)^retry-after: ([0-9]+)\\r?$");

    private final ProductHome home = ProductHome.create();
    private final Program shell = new Program(home.scratch(), java.util.Map.of());

    @AfterAll
    void close() {
        home.close();
    }

    /** An answer as curl wrote it down. */
    private record Heard(String status, String head, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    @Test
    void aDeviceWaitsForItsOperatorAlsoWhileTheServerIsAway() throws IOException {
        home.changeSettings(settings -> settings.replaceFirst("decision: rules", "decision: operator"));
        Path key = key();
        String user;
        try (ServerProcess _ = home.serve();
                OperatorApi api = home.operatorApi()) {
            user = newcomer(api, "curl-1");

            Heard first = enrol(user, request("curl-1", key));

            assertThat(first.status()).isEqualTo("202");
            assertThat(retryAfter(first)).isBetween(60, 72);
            assertThat(first.text()).contains("waits for an operator");
        }
        try (ServerProcess _ = home.serve();
                OperatorApi api = home.operatorApi()) {
            assertThat(enrol(user, request("curl-1", key)).status()).isEqualTo("202");
            String id = onlyOneThatWaits();
            assertThat(home.nameplate("approval", "approve", id, "--reason", "installed by me")
                            .requireDone()
                            .out())
                    .contains("enrolment " + id + " is approved");

            Heard granted = enrol(user, request("curl-1", key));
            Heard again = enrol(user, request("curl-1", key));

            assertThat(granted.status()).isEqualTo("200");
            assertThat(publicKey(granted)).isEqualTo(publicKey(key));
            assertThat(again.body()).isEqualTo(granted.body());
            assertThat(api.certificatesOf("curl-1")).hasSize(1);
            assertThat(home.nameplate("approval", "show", id).requireDone().out())
                    .contains("granted", "curl-1", "CN=curl-1");
            rejects(api);
        }
    }

    private void rejects(OperatorApi api) throws IOException {
        Path key = key();
        String user = newcomer(api, "curl-2");
        assertThat(enrol(user, request("curl-2", key)).status()).isEqualTo("202");
        String other = newcomer(api, "curl-3");
        assertThat(enrol(other, request("curl-2", key)).status())
                .as("another device with the request of the first")
                .isEqualTo("403");
        home.nameplate("approval", "reject", onlyOneThatWaits(), "--reason", "not ours")
                .requireDone();

        Heard refused = enrol(user, request("curl-2", key));

        assertThat(refused.status()).isEqualTo("403");
        assertThat(refused.text()).contains("an operator rejected this request: not ours");
        assertThat(api.auditVerdict()).isEqualTo("intact");
        assertThat(home.nameplate("audit", "list").requireDone().out())
                .contains(
                        "enrolment.awaiting-approval", "enrolment.approved", "enrolment.granted", "enrolment.rejected");
    }

    private String onlyOneThatWaits() {
        List<String> rows = home.nameplate("approval", "list", "--kind", "enrolment")
                .requireDone()
                .out()
                .lines()
                .skip(1)
                .toList();
        assertThat(rows).hasSize(1);
        return rows.getFirst().split(" ", 2)[0];
    }

    private static String newcomer(OperatorApi api, String device) throws IOException {
        api.register(device);
        return device + ":" + api.code(device);
    }

    private static int retryAfter(Heard heard) {
        Matcher matcher = RETRY_AFTER.matcher(heard.head());
        assertThat(matcher.find()).as(heard.head()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private Heard enrol(String user, Path request) throws IOException {
        Path head = Files.createTempFile(home.scratch(), "curl", ".head");
        Path body = Files.createTempFile(home.scratch(), "curl", ".body");
        List<String> command =
                new ArrayList<>(List.of("curl", "-sS", "--cacert", home.trust().toString()));
        command.addAll(List.of("-D", head.toString(), "-o", body.toString(), "-w", "%{http_code}", "-u", user));
        command.addAll(List.of("-H", "Content-Type: application/pkcs10", "--data-binary", "@" + request));
        command.add(home.deviceDoor() + "/.well-known/est/simpleenroll");
        String status = shell.run(command).requireDone().out();
        return new Heard(status, Files.readString(head), Files.readAllBytes(body));
    }

    private Path key() throws IOException {
        Path key = Files.createTempFile(home.scratch(), "curl", ".key");
        openssl("ecparam -name prime256v1 -genkey -noout -out " + key);
        return key;
    }

    /** Another signature each time. */
    private Path request(String device, Path key) throws IOException {
        Path request = Files.createTempFile(home.scratch(), "curl", ".csr");
        openssl("req -new -key " + key + " -subj /CN=" + device + " -out " + request);
        return request;
    }

    private String publicKey(Path key) {
        return openssl("pkey -pubout -in " + key);
    }

    private String publicKey(Heard granted) throws IOException {
        Path message = Files.createTempFile(home.scratch(), "curl", ".p7");
        Path certificate = Files.createTempFile(home.scratch(), "curl", ".pem");
        Files.write(message, Base64.getMimeDecoder().decode(granted.body()));
        openssl("pkcs7 -inform der -print_certs -in " + message + " -out " + certificate);
        return openssl("x509 -noout -pubkey -in " + certificate);
    }

    private String openssl(String arguments) {
        return shell.run(Product.words("openssl " + arguments)).requireDone().out();
    }
}
