package dev.nameplate.ca.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.edge.admin.ApiPki;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.testkit.Party;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityFilesIT {
    private final ApiPki pki = new ApiPki();
    private final Party admin = pki.client("admin");
    private final IdentityFiles files;

    IdentityFilesIT(@TempDir Path directory) {
        files = new IdentityFiles(directory, new OperatorName("admin"));
        files.write(admin.keys().getPrivate(), List.of(admin.certificate(), pki.root()), new SecureRandom());
    }

    @Test
    void namesAFileThatIsNotThere() {
        Path missing = files.p12().resolveSibling("missing.pem");

        assertThatThrownBy(() -> PemFiles.certificates(missing))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("there is no file " + missing);
    }

    @Test
    void opensslOpensThePkcs12WithModernAlgorithms() throws Exception {
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "pkcs12",
                        "-info",
                        "-nodes",
                        "-in",
                        files.p12().toString(),
                        "-passin",
                        "file:" + files.password())
                .redirectErrorStream(true)
                .start();
        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(openssl.waitFor()).as(said).isZero();
        assertThat(said)
                .contains("PBES2, PBKDF2, AES-256-CBC")
                .contains("MAC: sha256")
                .contains("BEGIN PRIVATE KEY")
                .contains("CN = admin");
    }

    @Test
    void theJdkOpensThePkcs12() throws Exception {
        char[] password = Files.readString(files.password()).strip().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(files.p12())) {
            store.load(in, password);
        }

        assertThat(store.getKey("admin", password)).isEqualTo(admin.keys().getPrivate());
        assertThat(store.getCertificateChain("admin")).hasSize(2);
    }

    @Test
    void thePemHoldsKeyAndChain() {
        assertThat(PemFiles.keyPair(files.pem()).getPrivate())
                .isEqualTo(admin.keys().getPrivate());
        assertThat(PemFiles.certificates(files.pem())).hasSize(2);
    }
}
