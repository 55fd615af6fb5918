package dev.nameplate.ca.cli.est.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.cli.DoctorCommand;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.tls.PemFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code nameplate doctor --est} on a server that does everything right but one thing. */
class EstExaminationIT {
    private static final List<String> BY_PASSWORD = List.of("--user", FaultyEst.USER, "--code", FaultyEst.PASSWORD);

    @TempDir
    private Path files;

    /** What the command ended with, and what it said. */
    private record Report(int exit, String text) {
        List<JsonNode> findings() {
            return StreamSupport.stream(JsonMapper.shared().readTree(text).spliterator(), false)
                    .toList();
        }

        List<String> wrong() {
            return findings().stream()
                    .filter(finding -> List.of("fault", "warning")
                            .contains(finding.path("state").asString()))
                    .map(finding -> finding.path("check").asString() + " "
                            + finding.path("state").asString())
                    .toList();
        }
    }

    @Test
    void findsNothingWrongWithAServerThatDoesEverythingRight() throws IOException {
        try (FaultyEst server = new FaultyEst(Fault.NONE)) {
            Report byPassword = examine(server, server.port(), BY_PASSWORD);
            Report byCertificate = examine(server, server.port(), certificate(server));

            assertThat(byPassword.wrong()).isEmpty();
            assertThat(byPassword.exit()).isZero();
            assertThat(byCertificate.wrong()).isEmpty();
            assertThat(byCertificate.findings())
                    .allSatisfy(finding -> assertThat(finding.path("state").asString())
                            .as(finding.toString())
                            .isEqualTo("ok"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_MEDIA_TYPE, cacerts-media-type fault",
        "NO_TRANSFER_ENCODING, cacerts-transfer-encoding warning",
        "CHUNKS, content-length warning",
        "NOT_BASE64, cacerts-base64 fault",
        "SIGNERS, cacerts-degenerate fault",
        "NO_ROOT, cacerts-root fault",
        "PENDING_WITHOUT_RETRY_AFTER, enroll-status fault",
        "UNAUTHORIZED_WITHOUT_CHALLENGE, challenge fault",
        "ANOTHER_KEY, enroll-key fault",
        "CHAIN_IN_THE_ANSWER, enroll-certificate-alone fault",
        "FAULT_ON_GARBAGE, refuses-garbage fault",
        "BELIEVES_ANY_SIGNATURE, enroll-possession fault",
        "IGNORES_THE_LINK, enroll-linking fault",
        "ATTRIBUTES_NOT_DER, csrattrs-message fault",
        "RENEWS_FOR_ANYBODY, reenroll-needs-certificate fault",
        "NO_ALLOW, methods fault",
        "WRONG_HOST, server-certificate fault"
    })
    void findsWhatIsWrong(Fault fault, String found) throws IOException {
        try (FaultyEst server = new FaultyEst(fault)) {
            Report report = examine(server, server.port(), BY_PASSWORD);

            assertThat(report.wrong()).contains(found);
            assertThat(report.exit()).isEqualTo(found.endsWith("fault") ? 1 : 0);
        }
    }

    @Test
    void findsARenewalUnderAnyName() throws IOException {
        try (FaultyEst server = new FaultyEst(Fault.RENEWS_UNDER_ANY_NAME)) {
            assertThat(examine(server, server.port(), certificate(server)).wrong())
                    .containsExactly("reenroll-same-name fault");
        }
    }

    @Test
    void findsThatOldTlsIsTakenUp() throws IOException {
        try (FaultyEst server = new FaultyEst(Fault.OLD_TLS);
                OldTlsFront front = new OldTlsFront(server.port())) {
            assertThat(examine(server, front.port(), BY_PASSWORD).wrong()).containsExactly("tls-version fault");
        }
    }

    @Test
    void showsNoCredentialsToAServerThatIsNotTrusted() throws IOException {
        try (FaultyEst server = new FaultyEst(Fault.WRONG_HOST)) {
            assertThat(examine(server, server.port(), BY_PASSWORD).findings())
                    .filteredOn(finding -> finding.path("check").asString().startsWith("enroll"))
                    .isNotEmpty()
                    .allSatisfy(finding ->
                            assertThat(finding.path("state").asString()).isEqualTo("not-seen"));
        }
    }

    @Test
    void namesClauseAndRemedyOfWhatIsWrong() throws IOException {
        try (FaultyEst server = new FaultyEst(Fault.NO_ROOT)) {
            JsonNode finding = examine(server, server.port(), BY_PASSWORD).findings().stream()
                    .filter(one -> one.path("check").asString().equals("cacerts-root"))
                    .findFirst()
                    .orElseThrow();

            assertThat(finding.path("clause").asString()).isEqualTo("RFC 7030, 4.1.3");
            assertThat(finding.path("level").asString()).isEqualTo("must");
            assertThat(finding.path("remedy").asString()).contains("root");
        }
    }

    private List<String> certificate(FaultyEst server) throws IOException {
        KeyPair key = SmallCa.newKey();
        Path keyFile = Files.writeString(files.resolve("device.key"), PemFiles.pkcs8(key.getPrivate()));
        Path certificate = Files.writeString(
                files.resolve("device.pem"),
                PemFiles.pem(
                        server.ca()
                                .issue(
                                        new X500Name("CN=" + FaultyEst.USER),
                                        SubjectPublicKeyInfo.getInstance(
                                                key.getPublic().getEncoded())),
                        server.ca().issuer()));
        return List.of("--cert", certificate.toString(), "--cert-key", keyFile.toString());
    }

    private Report examine(FaultyEst server, int port, List<String> credentials) throws IOException {
        Path trust = Files.writeString(
                files.resolve("trust.pem"), PemFiles.pem(server.ca().root()));
        List<String> arguments = new ArrayList<>(
                List.of("doctor", "--json", "--est", "https://localhost:" + port, "--trust", trust.toString()));
        arguments.addAll(credentials);
        CommandLine line = Nameplate.commandLine(
                _ -> java.net.URI.create("https://nowhere"), Map.of(), InstantSource.system(), "test");
        Nameplate root = Nameplate.of(line);
        line.addSubcommand(new DoctorCommand(root, new EstExamination(root, InstantSource.system())));
        var out = new StringWriter();
        line.setOut(new PrintWriter(out));
        int exit = line.execute(arguments.toArray(String[]::new));
        return new Report(exit, out.toString());
    }
}
