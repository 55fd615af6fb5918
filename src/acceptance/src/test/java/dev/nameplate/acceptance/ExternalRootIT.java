package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A CA below a root that OpenSSL keeps: requests out, chains in. */
final class ExternalRootIT {
    private static final String REQUEST_OPTIONS =
            " -subj /CN=Elsewhere -days 4000 -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign";

    private final ProductHome home = ProductHome.underAnotherRoot();
    private final Program elsewhere = new Program(home.scratch(), Map.of());

    @BeforeEach
    void makeTheRoot() {
        run("openssl ecparam -name secp384r1 -genkey -noout -out root.key");
        run("openssl req -x509 -new -key root.key -out root.pem" + REQUEST_OPTIONS);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void servesOnceItsIssuersHaveTheirCertificates() throws IOException {
        importChain("devices");
        importChain("factory");

        try (ServerProcess server = home.serve()) {
            assertThat(server.isAlive()).isTrue();
            assertThat(home.nameplate("issuer", "list").requireDone().out())
                    .contains("devices/1", "factory/1", "active");
        }
        assertThat(Files.readString(home.trust()))
                .isEqualTo(Files.readString(home.scratch().resolve("root.pem")));
    }

    @Test
    void saysWhatIsMissingWhenAskedToServeTooEarly() {
        Program.Ended ended = home.serveInVain();

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.err().strip())
                .hasLineCount(1)
                .contains("issuer devices waits for its certificate", "nameplate issuer import devices --chain");
    }

    @Test
    void takesNoChainOfAnotherKey() throws IOException {
        sign("factory");

        Program.Ended ended = home.nameplate(
                "issuer",
                "import",
                "devices",
                "--chain",
                file("factory-chain.pem").toString());

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.err()).contains("the first certificate is not for the key of issuer devices/1");
        assertThat(home.serveInVain().err()).contains("waits for its certificate");
    }

    private void importChain(String issuer) throws IOException {
        sign(issuer);
        home.nameplate(
                        "issuer",
                        "import",
                        issuer,
                        "--chain",
                        file(issuer + "-chain.pem").toString())
                .requireDone();
    }

    private void sign(String issuer) throws IOException {
        home.nameplate("issuer", "csr", issuer, "--out", file(issuer + ".csr").toString())
                .requireDone();
        run("openssl x509 -req -CA root.pem -CAkey root.key -days 3000 -copy_extensions copyall -in " + issuer
                + ".csr -out " + issuer + ".pem");
        Files.writeString(
                file(issuer + "-chain.pem"),
                Files.readString(file(issuer + ".pem")) + Files.readString(file("root.pem")));
    }

    private Path file(String name) {
        return home.scratch().resolve(name);
    }

    private void run(String line) {
        elsewhere.run(List.of(line.split(" ", -1))).requireDone();
    }
}
