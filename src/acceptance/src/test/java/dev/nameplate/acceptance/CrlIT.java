package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nameplate.acceptance.Product.Newcomer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CRLs as OpenSSL, GnuTLS and Mbed TLS see them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrlIT {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Product product = Product.with(CrlIT::withShardsAndRsa);
    private final HttpClient web = HttpClient.newHttpClient();
    private final Program shell = new Program(product.home().scratch(), Map.of());
    private final MbedTls mbedTls = new MbedTls();

    @AfterAll
    void close() {
        mbedTls.close();
        web.close();
        product.close();
    }

    /** A profile whose certificates are listed in one of four shards, an issuer with an RSA key, and labels for both. */
    private static String withShardsAndRsa(String settings) {
        return settings.replace("\nissuers:\n", """

                issuers:
                  rsa:
                    parent: root
                    subject: CN=RSA CA
                    key: rsa-3072
                    validity: P3650D
                """)
                .replace("\nprofiles:\n", """

                profiles:
                  rsa:
                    issuer: rsa
                    keys: [ec-p256]
                    validity: { lasts: P30D }
                    subject: CN=${device.id}
                    usages: { key-usage: [digitalSignature], extended-key-usage: [clientAuth] }
                    locations: { crl-urls: ["${public}/crl/${issuer}/${shard}.crl"], ocsp-urls: ["${public}/ocsp"] }
                  sharded:
                    issuer: devices
                    keys: [ec-p256]
                    validity: { lasts: P30D }
                    subject: CN=${device.id}
                    usages: { key-usage: [digitalSignature], extended-key-usage: [clientAuth] }
                    locations: { crl-urls: ["${public}/crl/${issuer}/${shard}.crl"], crl-shards: 4 }
                """)
                .replace("\nlabels:\n", """

                labels:
                  rsa: { profile: rsa, ways: [certificate, code] }
                  sharded: { profile: sharded, ways: [certificate, code] }
                """);
    }

    @Test
    void openSslAndGnuTlsVerifyTheSignatures() throws IOException {
        for (String issuer : List.of("root", "devices", "factory", "rsa")) {
            Path crl = crl("/crl/" + issuer + ".crl");
            Path certificate = pem(certificateOf(issuer));
            Path der = Files.write(file("cer"), certificateOf(issuer));

            assertThat(shell.run(
                                    "openssl",
                                    "crl",
                                    "-inform",
                                    "DER",
                                    "-in",
                                    crl.toString(),
                                    "-noout",
                                    "-verify",
                                    "-CAfile",
                                    certificate.toString())
                            .err())
                    .contains("verify OK");
            assertThat(shell.run(
                                    "certtool",
                                    "--verify-crl",
                                    "--inder",
                                    "--infile",
                                    crl.toString(),
                                    "--load-ca-certificate",
                                    der.toString())
                            .requireDone()
                            .out())
                    .contains("Verified");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', /crl/devices/g1.crl", "rsa/, /crl/rsa/g1.crl"})
    void allSeeGoodHeldReleasedAndRevokedOnTheFullCrl(String label, String path) throws IOException {
        X509CertificateHolder certificate = enrol(label);
        String url = crlUrl(certificate);
        assertThat(url).endsWith(path);
        assertSeen(certificate, Verdict.GOOD);

        nameplate("cert", "hold", serial(certificate));
        awaitListed(url, certificate);
        assertSeen(certificate, Verdict.REVOKED);

        nameplate("cert", "release", serial(certificate));
        awaitGone(url, certificate);
        assertSeen(certificate, Verdict.GOOD);

        nameplate("cert", "revoke", serial(certificate), "--reason", "key-compromise");
        awaitListed(url, certificate);
        assertSeen(certificate, Verdict.REVOKED);
    }

    /** Mbed TLS reads no CRL that is of a part only. */
    @Test
    void openSslAndGnuTlsSeeGoodHeldReleasedAndRevokedOnAShard() throws IOException {
        X509CertificateHolder certificate = enrol("sharded/");
        String url = crlUrl(certificate);
        assertThat(url).matches(".*/crl/devices/g1-[1-4]\\.crl");
        assertSeenOnAShard(certificate, Verdict.GOOD);

        nameplate("cert", "hold", serial(certificate));
        awaitListed(url, certificate);
        assertSeenOnAShard(certificate, Verdict.REVOKED);

        nameplate("cert", "release", serial(certificate));
        awaitGone(url, certificate);
        assertSeenOnAShard(certificate, Verdict.GOOD);

        nameplate("cert", "revoke", serial(certificate), "--reason", "superseded");
        awaitListed(url, certificate);
        assertSeenOnAShard(certificate, Verdict.REVOKED);
        String alias = path(url).replaceAll("g1-([1-4])", "$1");
        assertThat(crl(alias)).hasSameBinaryContentAs(crl(path(url)));
    }

    @Test
    void openSslAndGnuTlsTakeWhatAnIssuerWithAnRsaKeySaysByOcsp() throws IOException {
        X509CertificateHolder certificate = enrol("rsa/");
        assertThat(ocspByOpenSsl(certificate)).contains(": good");
        assertThat(ocspByGnuTls(certificate)).contains("Certificate Status: good");

        nameplate("cert", "revoke", serial(certificate), "--reason", "key-compromise");

        assertThat(ocspByOpenSsl(certificate)).contains(": revoked").contains("keyCompromise");
        assertThat(ocspByGnuTls(certificate)).contains("Certificate Status: revoked");
    }

    @Test
    void refusesAnIssuerWhoseKeyCannotSignACrlPieceByPiece() {
        try (ProductHome other = ProductHome.create()) {
            other.changeSettings(settings -> settings.replaceFirst("key: ec-p256", "key: ed25519"));

            Program.Ended ended = other.serveInVain();

            assertThat(ended.exit()).isNotZero();
            assertThat(ended.out() + ended.err())
                    .contains("key is ed25519, with which a token has to take a whole CRL at once");
        }
    }

    @Test
    void listsShowsAndPublishes() {
        assertThat(nameplate("crl", "list").out()).contains("devices/g1 ", "devices/g1-4", "root/g1");
        String number = nameplate("crl", "show", "root/g1", "--json").out();
        assertThat(nameplate("crl", "publish", "root/g1").out()).startsWith("published root/g1 number ");
        assertThat(nameplate("crl", "show", "root/g1", "--json").out()).isNotEqualTo(number);
        assertThat(product.home().nameplate("crl", "show", "root/g9").exit()).isEqualTo(1);
        assertThat(nameplate("doctor").out()).contains("CRLs are up to date");
    }

    private enum Verdict {
        GOOD,
        REVOKED
    }

    private void assertSeen(X509CertificateHolder certificate, Verdict expected) throws IOException {
        Path crl = crl(path(crlUrl(certificate)));
        assertThat(openSsl(certificate, crl)).as("OpenSSL").isEqualTo(expected);
        assertThat(gnuTls(certificate, crl)).as("GnuTLS").isEqualTo(expected);
        assertThat(mbedTls(certificate, crl)).as("Mbed TLS").isEqualTo(expected);
    }

    private void assertSeenOnAShard(X509CertificateHolder certificate, Verdict expected) throws IOException {
        Path crl = crl(path(crlUrl(certificate)));
        assertThat(openSsl(certificate, crl)).as("OpenSSL").isEqualTo(expected);
        assertThat(gnuTls(certificate, crl)).as("GnuTLS").isEqualTo(expected);
    }

    private String ocspByOpenSsl(X509CertificateHolder certificate) throws IOException {
        Path issuer = pem(issuerOf(certificate));
        Program.Ended ended = shell.run(Product.words("openssl ocsp -nonce -url " + ocsp() + " -issuer " + issuer
                        + " -cert " + pem(certificate.getEncoded()) + " -CAfile " + product.trust() + " -verify_other "
                        + issuer))
                .requireDone();
        assertThat(ended.err()).contains("Response verify OK");
        return ended.out();
    }

    private String ocspByGnuTls(X509CertificateHolder certificate) throws IOException {
        Path issuer = pem(issuerOf(certificate));
        Program.Ended ended = shell.run(Product.words("ocsptool --ask=" + ocsp() + " --nonce --load-issuer " + issuer
                + " --load-cert " + pem(certificate.getEncoded()) + " --load-trust " + issuer));
        assertThat(ended.out()).contains("Verifying OCSP Response: Success");
        return ended.out();
    }

    private String ocsp() {
        return "http://localhost:" + product.home().ports().open() + "/ocsp";
    }

    /** As the place of its CRL names it. */
    private byte[] issuerOf(X509CertificateHolder certificate) throws IOException {
        return certificateOf(path(crlUrl(certificate)).split("/", -1)[2]);
    }

    private Verdict openSsl(X509CertificateHolder certificate, Path crl) throws IOException {
        Path crls = file("crls");
        Files.writeString(
                crls,
                pemOf("X509 CRL", Files.readAllBytes(crl))
                        + pemOf("X509 CRL", Files.readAllBytes(crl("/crl/root.crl"))));
        Program.Ended verified = shell.run(
                "openssl",
                "verify",
                "-x509_strict",
                "-crl_check_all",
                "-CAfile",
                product.trust().toString(),
                "-untrusted",
                pem(issuerOf(certificate)).toString(),
                "-CRLfile",
                crls.toString(),
                pem(certificate.getEncoded()).toString());
        if (verified.exit() == 0) {
            return Verdict.GOOD;
        }
        assertThat(verified.err()).contains("certificate revoked");
        return Verdict.REVOKED;
    }

    private Verdict gnuTls(X509CertificateHolder certificate, Path crl) throws IOException {
        Path crls = file("crls");
        Files.writeString(crls, pemOf("X509 CRL", Files.readAllBytes(crl)));
        Path chain = file("chain");
        Files.writeString(
                chain, pemOf("CERTIFICATE", certificate.getEncoded()) + pemOf("CERTIFICATE", issuerOf(certificate)));
        Program.Ended verified = shell.run(
                "certtool",
                "--verify",
                "--infile",
                chain.toString(),
                "--load-ca-certificate",
                product.trust().toString(),
                "--load-crl",
                crls.toString());
        if (verified.exit() == 0) {
            return Verdict.GOOD;
        }
        assertThat(verified.out() + verified.err()).contains("revoked");
        return Verdict.REVOKED;
    }

    private Verdict mbedTls(X509CertificateHolder certificate, Path crl) throws IOException {
        int flags = mbedTls.verify(
                List.of(certificate.getEncoded(), issuerOf(certificate)),
                certificateOf("root"),
                List.of(Files.readAllBytes(crl), Files.readAllBytes(crl("/crl/root.crl"))));
        if (flags == 0) {
            return Verdict.GOOD;
        }
        assertThat(flags).isEqualTo(MbedTls.REVOKED);
        return Verdict.REVOKED;
    }

    private void awaitListed(String url, X509CertificateHolder certificate) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> published(url).getRevokedCertificate(certificate.getSerialNumber()) != null);
    }

    private void awaitGone(String url, X509CertificateHolder certificate) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> published(url).getRevokedCertificate(certificate.getSerialNumber()) == null);
    }

    private X509CRLHolder published(String url) throws IOException {
        return new X509CRLHolder(fetch(path(url)));
    }

    private X509CertificateHolder enrol(String label) throws IOException {
        Newcomer newcomer = product.newcomer("crl");
        Path key = file("key");
        Path csr = file("csr");
        run("openssl ecparam -name prime256v1 -genkey -noout -out " + key);
        run("openssl req -new -key " + key + " -subj /CN=" + newcomer.device() + " -outform DER -out " + csr);
        run("openssl base64 -in " + csr + " -out " + csr + ".b64");
        Path answer = file("p7");
        run("curl -sS --fail-with-body --cacert " + product.trust() + " -H Content-Type:application/pkcs10 -u "
                + newcomer.userAndPassword() + " --data-binary @" + csr + ".b64 -o " + answer + " "
                + product.est(label + "simpleenroll"));
        return product.api().certificatesOf(newcomer.device()).getFirst();
    }

    private static String crlUrl(X509CertificateHolder certificate) {
        var points = CRLDistPoint.getInstance(
                certificate.getExtension(Extension.cRLDistributionPoints).getParsedValue());
        var names = GeneralNames.getInstance(
                points.getDistributionPoints()[0].getDistributionPoint().getName());
        return ((ASN1String) names.getNames()[0].getName()).getString();
    }

    private static String path(String url) {
        return URI.create(url).getPath();
    }

    private static String serial(X509CertificateHolder certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    private Program.Ended nameplate(String... arguments) {
        return product.home().nameplate(arguments).requireDone();
    }

    private byte[] certificateOf(String issuer) throws IOException {
        return fetch("/ca/" + issuer + ".cer");
    }

    private Path crl(String path) throws IOException {
        return Files.write(file("crl"), fetch(path));
    }

    private byte[] fetch(String path) throws IOException {
        URI uri = URI.create("http://localhost:" + product.home().ports().open() + path);
        try {
            HttpResponse<byte[]> answer =
                    web.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Path pem(byte[] certificate) throws IOException {
        return Files.writeString(file("pem"), pemOf("CERTIFICATE", certificate));
    }

    private static String pemOf(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private Path file(String end) throws IOException {
        return Files.createTempFile(product.home().scratch(), "crl", "." + end);
    }

    private void run(String command) {
        List<String> words = new ArrayList<>(Product.words(command));
        shell.run(words).requireDone();
    }
}
