package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.acceptance.Product.Newcomer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.est.EnrollmentResponse;
import org.bouncycastle.est.jcajce.JcaHttpAuthBuilder;
import org.bouncycastle.est.jcajce.JsseDefaultHostnameAuthorizer;
import org.bouncycastle.est.jcajce.JsseESTServiceBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Clients that others wrote, at a label that takes codes by HTTP Digest. */
@TestInstance(Lifecycle.PER_CLASS)
final class DigestIT {
    private final Product product = Product.with(
            settings -> settings.replaceFirst("ways: \\[certificate, code]", "ways: [certificate, code, digest]")
                    .replace("# digest-challenge: plain ", "digest-challenge: quoted "));

    @AfterAll
    void close() {
        product.close();
    }

    @Test
    void curlEnrolsByDigestAndTheCodeIsNeverSent() throws IOException, GeneralSecurityException {
        Newcomer newcomer = product.newcomer("curl");
        Program shell = product.bench();
        Path request = request(newcomer, keys());
        List<String> command = new ArrayList<>(List.of("curl", "-sSv", "--fail-with-body", "--digest"));
        command.addAll(List.of("--cacert", product.trust().toString(), "-u", newcomer.userAndPassword()));
        command.addAll(List.of("-H", "Content-Type: application/pkcs10", "--data-binary", "@" + request));
        command.add(product.est("simpleenroll"));

        Program.Ended ended = shell.run(command).requireDone();

        assertThat(ended.err()).containsPattern("algorithm=\"?SHA-256").doesNotContain("Authorization: Basic");
        assertThat(ended.err()).doesNotContain(newcomer.code());
        assertThat(Base64.getMimeDecoder().decode(ended.out().strip())).isNotEmpty();
        replays(shell, ended.err(), request);
    }

    /** Whoever overheard an answer cannot use it again, not even for the same. */
    private void replays(Program shell, String overheard, Path request) {
        String header = overheard
                .lines()
                .filter(line -> line.startsWith("> Authorization: Digest"))
                .findFirst()
                .orElseThrow()
                .substring(2);
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-i", "--http1.1"));
        command.addAll(List.of("--cacert", product.trust().toString(), "-H", header));
        command.addAll(List.of("-H", "Content-Type: application/pkcs10", "--data-binary", "@" + request));
        command.add(product.est("simpleenroll"));

        String answer = shell.run(command).requireDone().out();

        assertThat(answer).startsWith("HTTP/1.1 401").containsPattern("stale=\"?true");
    }

    @Test
    void bouncyCastleEnrolsByDigest() throws Exception {
        Newcomer newcomer = product.newcomer("bouncycastle");
        KeyPair keys = keys();
        X509TrustManager[] anchors = Arrays.stream(Tls.anchors(product.trust()).getTrustManagers())
                .map(X509TrustManager.class::cast)
                .toArray(X509TrustManager[]::new);
        var service = new JsseESTServiceBuilder(
                        "localhost", product.home().ports().device(), anchors)
                .withTLSVersion("TLSv1.3")
                .withHostNameAuthorizer(new JsseDefaultHostnameAuthorizer(Set.of()))
                .build();
        var auth = new JcaHttpAuthBuilder(newcomer.device(), newcomer.code().toCharArray())
                .setProvider(new BouncyCastleProvider())
                .build();

        EnrollmentResponse response = service.simpleEnroll(false, csr(newcomer, keys), auth);

        assertThat(response.isCompleted()).isTrue();
        X509CertificateHolder issued =
                response.getStore().getMatches(null).iterator().next();
        assertThat(issued.getSubjectPublicKeyInfo().getEncoded())
                .isEqualTo(keys.getPublic().getEncoded());
    }

    private Path request(Newcomer newcomer, KeyPair keys) throws IOException {
        Path file = Files.createTempFile(product.home().scratch(), "digest", ".csr");
        Files.write(file, csr(newcomer, keys).getEncoded());
        return file;
    }

    private static PKCS10CertificationRequest csr(Newcomer newcomer, KeyPair keys) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=" + newcomer.device()), keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .setProvider(Security.getProvider("SunEC"))
                            .build(keys.getPrivate()));
        } catch (org.bouncycastle.operator.OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
