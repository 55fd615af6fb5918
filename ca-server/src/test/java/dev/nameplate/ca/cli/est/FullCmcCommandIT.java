package dev.nameplate.ca.cli.est;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.est.CmcRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nameplate est fullcmc} against a server that certifies whatever it is asked for in a message that is signed. */
class FullCmcCommandIT {
    @TempDir
    private Path files;

    private final AtomicInteger unavailable = new AtomicInteger();
    private final EstStub server = new EstStub(exchange -> {
        boolean no = unavailable.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        if (no) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            EstStub.answer(exchange, 503);
        }
        return no;
    });

    FullCmcCommandIT() throws IOException {}

    @BeforeEach
    void enrol() throws IOException {
        EstRun first = EstRun.of(
                server,
                files,
                "enroll",
                "--subject",
                "CN=sensor-17",
                "--key",
                at("device.key"),
                "--out",
                at("device.pem"));
        assertThat(first.exit()).as(first.err()).isZero();
        server.seen().clear();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void hasAKeyCertifiedForItselfByEitherFormOfRequest() throws IOException {
        for (String form : List.of("", "--crmf")) {
            EstRun run = form.isEmpty()
                    ? fullcmc("--key", at("next.key"), "--out", at("next.pem"))
                    : fullcmc("--key", at("next.key"), "--out", at("next.pem"), form);

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(certificate("next.pem").getSubject()).isEqualTo(new X500Name("CN=sensor-17"));
            assertThat(certificate("next.pem").getSubjectPublicKeyInfo().getEncoded())
                    .isEqualTo(PemFiles.keyPair(files.resolve("next.key"))
                            .getPublic()
                            .getEncoded());
            Files.delete(files.resolve("next.key"));
        }
        assertThat(server.seen()).containsExactly("POST fullcmc by CN=sensor-17", "POST fullcmc by CN=sensor-17");
    }

    @Test
    void hasOneCertifiedForAnother() throws IOException {
        EstRun run = fullcmc("--subject", "CN=sensor-18", "--key", at("other.key"), "--out", at("other.pem"), "--json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"subject\":\"CN=sensor-18\"");
    }

    @Test
    void saysWhyNothingWasDone() throws IOException {
        EstRun run = fullcmc("--revoke", at("device.pem"), "--reason", "superseded");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("refused (400): badCertId: there is no such certificate");
    }

    @Test
    void believesNoAnswerToAnotherQuestion() throws IOException {
        server.saysAgain(new CmcRequest.Echo(
                Optional.of(new ASN1Integer(1)), Optional.of(new DEROctetString(new byte[16])), Optional.empty()));

        EstRun run = fullcmc("--key", at("next.key"), "--out", at("next.pem"));

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("another request");
        assertThat(files.resolve("next.pem")).doesNotExist();
    }

    @Test
    void asksAgainWithAnotherMessageWhenItIsToldTo() throws IOException {
        unavailable.set(2);

        EstRun run = fullcmc("--key", at("next.key"), "--out", at("next.pem"), "--wait", "PT1M");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(server.seen()).hasSize(3);
    }

    @Test
    void wantsToBeToldWhatToAskFor() throws IOException {
        assertThat(fullcmc().exit()).isEqualTo(2);
        assertThat(fullcmc("--key", at("next.key")).exit()).isEqualTo(2);
        assertThat(fullcmc("--revoke", at("device.pem"), "--reason", "no-reason")
                        .exit())
                .isEqualTo(2);
        assertThat(server.seen()).isEmpty();
    }

    private EstRun fullcmc(String... more) throws IOException {
        List<String> all =
                new ArrayList<>(List.of("fullcmc", "--cert", at("device.pem"), "--cert-key", at("device.key")));
        all.addAll(List.of(more));
        return EstRun.of(server, files, all.toArray(String[]::new));
    }

    private X509CertificateHolder certificate(String name) {
        return PemFiles.certificates(files.resolve(name)).getFirst();
    }

    private String at(String name) {
        return files.resolve(name).toString();
    }
}
