package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.acceptance.Product.Newcomer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** strongSwan's pki, which before 5.9.11 reads base64 on one line alone. */
@ExtendWith(Product.Shared.class)
final class StrongSwanIT {
    private final Product product;
    private final Program shell;
    private final Path files;

    StrongSwanIT(Product product) throws IOException {
        this.product = product;
        this.shell = product.bench();
        this.files = Files.createTempDirectory(product.home().scratch(), "strongswan");
    }

    @Test
    void enrolsWithACodeAndRenewsWithItsCertificate() throws IOException {
        Newcomer newcomer = product.newcomer("strongswan");
        Path caCerts = fetchCaCerts();
        Path key = key("first.key");
        Path first = enrol("first.pem", request(newcomer, key), "--userpass", newcomer.userAndPassword());
        product.requireChain(shell, caCerts, first);

        Path newKey = key("second.key");
        Path second =
                enrol("second.pem", request(newcomer, newKey), "--cert", first.toString(), "--key", key.toString());
        product.requireChain(shell, caCerts, second);
        assertThat(publicKeyOf(second)).isEqualTo(publicKey(newKey)).isNotEqualTo(publicKeyOf(first));
    }

    @Test
    void getsTheCaCertificatesTenTimesRunning() throws IOException {
        for (int time = 0; time < 10; time++) {
            assertThat(fetchCaCerts()).isNotEmptyFile();
        }
    }

    private Path fetchCaCerts() throws IOException {
        Path template = files.resolve("ca.pem");
        pki(
                "--estca",
                "--url",
                url(),
                "--cacert",
                trust(),
                "--caout",
                template.toString(),
                "--outform",
                "pem",
                "--force");
        return joined(files.resolve("cacerts"));
    }

    /** It writes a file for each certificate. */
    private Path joined(Path all) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> found = Files.list(files)) {
            for (Path part : found.filter(file -> file.getFileName().toString().matches("ca.*\\.pem"))
                    .toList()) {
                text.append(Files.readString(part));
            }
        }
        return Files.writeString(all, text);
    }

    private Path key(String name) throws IOException {
        return Files.write(files.resolve(name), pki("--gen", "--type", "ecdsa", "--size", "256", "--outform", "pem"));
    }

    private Path request(Newcomer newcomer, Path key) throws IOException {
        return Files.write(
                files.resolve(key.getFileName() + ".csr"),
                pki("--req", "--type", "ecdsa", "--in", key.toString(), "--dn", "CN=" + newcomer.device()));
    }

    private Path enrol(String name, Path request, String... credential) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--est", "--url", url(), "--in", request.toString()));
        for (Path anchor : List.of(product.trust(), files.resolve("cacerts"))) {
            arguments.addAll(List.of("--cacert", anchor.toString()));
        }
        arguments.addAll(List.of(credential));
        arguments.addAll(List.of("--outform", "pem"));
        return Files.write(files.resolve(name), pki(arguments.toArray(String[]::new)));
    }

    private byte[] pki(String... arguments) {
        List<String> command = new ArrayList<>(List.of("pki"));
        command.addAll(List.of(arguments));
        return shell.run(command).requireDone().output();
    }

    private String url() {
        return product.home().deviceDoor() + "/one-line";
    }

    private String trust() {
        return product.trust().toString();
    }

    private String publicKey(Path key) {
        return openssl("pkey -pubout -in " + key);
    }

    private String publicKeyOf(Path certificate) {
        return openssl("x509 -noout -pubkey -in " + certificate);
    }

    private String openssl(String arguments) {
        return shell.run(Product.words("openssl " + arguments)).requireDone().out();
    }
}
