package dev.nameplate.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.acceptance.Product.Newcomer;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.DeliveredKey;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.Wrapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Keys that the CA makes, taken by curl and opened by OpenSSL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServerKeyIT {
    private static final ASN1ObjectIdentifier BY_SECRET = new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.37");
    private static final ASN1ObjectIdentifier BY_KEY = new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.54");
    private static final ASN1ObjectIdentifier CAPABILITIES = new ASN1ObjectIdentifier("1.2.840.113549.1.9.15");
    private static final String PLAIN_KEYS = "    keys: [ec-p256, ec-p384, rsa-2048, rsa-3072, rsa-4096, ed25519]\n";
    private static final String SECRET = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private Product product;
    private Program shell;

    @BeforeAll
    void serve() throws IOException {
        product = Product.with(ServerKeyIT::settings);
        shell = product.bench();
    }

    @AfterAll
    void stop() {
        product.close();
    }

    /** Devices' own keys may decrypt; keys are made on request, sealed or not, and kept a while if sealed. */
    private static String settings(String text) {
        return text.replace(
                        PLAIN_KEYS,
                        "    keys: { allowed: [ec-p256], server-made: { key: ec-p256, delivery: [sealed, clear],"
                                + " again: PT10M } }\n")
                .replaceFirst("key-usage: \\[digitalSignature]", "key-usage: [digitalSignature, keyAgreement]");
    }

    @Test
    void opensAKeyInTheClear() throws IOException {
        Newcomer newcomer = product.newcomer("keyless");

        DeliveredKey delivered = delivered(request(newcomer, plain(newcomer)));

        Path key = file("p8", delivered.key());
        Path certificate = file("cer", delivered.certificate().getEncoded());
        assertThat(openssl("pkey -inform der -in " + key + " -pubout"))
                .isEqualTo(openssl("x509 -inform der -in " + certificate + " -noout -pubkey"));
        assertThat(openssl("x509 -inform der -in " + certificate + " -noout -subject"))
                .contains(newcomer.device());
        assertThat(product.server().log())
                .doesNotContain(java.util.Base64.getEncoder().encodeToString(delivered.key()));
    }

    @Test
    void opensAKeySealedToACertificateOfTheDevice() throws IOException {
        Newcomer newcomer = product.newcomer("sealed");
        Path own = enrolled(newcomer);

        DeliveredKey delivered = delivered(
                post(named(newcomer, BY_KEY, identifier(own)), "--cert", own.toString(), "--key", own + ".key"));

        assertThat(delivered.sealed()).isTrue();
        Path sealed = file("p7m", delivered.key());
        Path signed = product.home().scratch().resolve("signed" + System.nanoTime());
        openssl("cms -decrypt -inform der -in " + sealed + " -recip " + own + " -inkey " + own + ".key -out " + signed);
        requireKeyOf(signed, delivered);
        assertThat(openssl("cms -cmsout -print -noout -inform der -in " + sealed))
                .contains("pkcs7-envelopedData", "d.kari", "aes-256-cbc");
    }

    @Test
    void opensAKeySealedUnderASecret() throws IOException {
        Newcomer newcomer = product.newcomer("secret");
        Files.writeString(
                product.home().path().resolve("secrets/device-keys"),
                newcomer.device() + " 0a0b " + SECRET + "\n",
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);

        DeliveredKey delivered = delivered(
                request(newcomer, named(newcomer, BY_SECRET, HexFormat.of().parseHex("0a0b"))));

        Path sealed = file("p7m", delivered.key());
        Path signed = product.home().scratch().resolve("signed" + System.nanoTime());
        openssl("cms -decrypt -inform der -in " + sealed + " -secretkey " + SECRET + " -secretkeyid 0a0b -out "
                + signed);
        requireKeyOf(signed, delivered);
    }

    @Test
    void deliversTheSameSealedKeyToARetry() throws IOException {
        Newcomer newcomer = product.newcomer("again");
        Path own = enrolled(newcomer);
        Path csr = named(newcomer, BY_KEY, identifier(own));

        DeliveredKey first = delivered(post(csr, "--cert", own.toString(), "--key", own + ".key"));
        DeliveredKey second = delivered(post(csr, "--cert", own.toString(), "--key", own + ".key"));

        assertThat(second.key()).isEqualTo(first.key());
        assertThat(second.certificate()).isEqualTo(first.certificate());
    }

    @Test
    void refusesAnUnknownKeyAndMakesNothing() throws IOException {
        Newcomer newcomer = product.newcomer("unknown");

        Program.Ended ended = request(newcomer, named(newcomer, BY_KEY, new byte[] {9, 9}));

        assertThat(ended.out()).startsWith("HTTP/1.1 400").contains("not known here");
        assertThat(ended.out()).doesNotContain("pkcs8");
    }

    @Test
    void servesItsOwnClientToo() throws IOException {
        Newcomer newcomer = product.newcomer("client");
        Path own = enrolled(newcomer);
        Path key = product.home().scratch().resolve("made" + System.nanoTime() + ".pem");
        Path certificate = product.home().scratch().resolve("made" + System.nanoTime() + ".crt");

        product.home()
                .nameplate(
                        "est",
                        "serverkeygen",
                        "--cert",
                        own.toString(),
                        "--cert-key",
                        own + ".key",
                        "--decrypt-cert",
                        own.toString(),
                        "--decrypt-key",
                        own + ".key",
                        "--request-key",
                        key + ".request",
                        "--key-out",
                        key.toString(),
                        "--out",
                        certificate.toString())
                .requireDone();

        assertThat(openssl("pkey -in " + key + " -pubout"))
                .isEqualTo(openssl("x509 -in " + certificate + " -noout -pubkey"));
        assertThat(product.home()
                        .nameplate("est", "csrattrs", "--label", "gateway")
                        .requireDone()
                        .out())
                .contains("extension extendedKeyUsage", "template subject CN to be filled in");
    }

    private void requireKeyOf(Path signed, DeliveredKey delivered) throws IOException {
        Path packageFile = product.home().scratch().resolve("package" + System.nanoTime());
        openssl("cms -verify -inform der -in " + signed + " -purpose any -CAfile " + product.trust() + " -out "
                + packageFile);
        byte[] content = Files.readAllBytes(packageFile);
        Path key = file("p8", java.util.Arrays.copyOfRange(content, headerLength(content), content.length));
        Path certificate = file("cer", delivered.certificate().getEncoded());
        assertThat(openssl("pkey -inform der -in " + key + " -pubout"))
                .isEqualTo(openssl("x509 -inform der -in " + certificate + " -noout -pubkey"));
    }

    /** Of the SEQUENCE OF around the one key. */
    private static int headerLength(byte[] der) {
        return der[1] < 0 ? 2 + (der[1] & 0x7f) : 2;
    }

    private DeliveredKey delivered(Program.Ended ended) {
        String text = new String(ended.output(), ISO_8859_1);
        assertThat(text).startsWith("HTTP/1.1 200");
        int end = text.indexOf("\r\n\r\n");
        String type = text.substring(0, end)
                .lines()
                .filter(line -> line.startsWith("Content-Type: "))
                .findFirst()
                .orElseThrow()
                .substring("Content-Type: ".length());
        return DeliveredKey.parse(type, text.substring(end + 4).getBytes(ISO_8859_1));
    }

    private Program.Ended request(Newcomer newcomer, Path csr) {
        return post(csr, "-u", newcomer.userAndPassword());
    }

    private Program.Ended post(Path csr, String... credentials) {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-i", "--http1.1", "--cacert"));
        command.add(product.trust().toString());
        command.addAll(List.of("-H", "Content-Type: application/pkcs10", "--data-binary", "@" + csr));
        command.addAll(List.of(credentials));
        command.add(product.est("serverkeygen"));
        return shell.run(command);
    }

    private Path enrolled(Newcomer newcomer) throws IOException {
        Path certificate = Files.createTempFile(product.home().scratch(), "own", ".pem");
        product.home()
                .nameplate(
                        "est",
                        "enroll",
                        "--user",
                        newcomer.device(),
                        "--code",
                        newcomer.code(),
                        "--key",
                        certificate + ".key",
                        "--out",
                        certificate.toString())
                .requireDone();
        return certificate;
    }

    private byte[] identifier(Path certificate) {
        String text = openssl("x509 -noout -ext subjectKeyIdentifier -in " + certificate);
        return HexFormat.ofDelimiter(":").parseHex(text.lines().toList().get(1).strip());
    }

    private Path plain(Newcomer newcomer) throws IOException {
        var csr = CsrBuilder.forKey(Keys.p256())
                .subject(new X500Name("CN=" + newcomer.device()))
                .build();
        return file("csr", EstBase64.encode(csr.der(), Wrapping.LINES_64));
    }

    private Path named(Newcomer newcomer, ASN1ObjectIdentifier type, byte[] id) throws IOException {
        var keys = Keys.p256();
        var builder = new PKCS10CertificationRequestBuilder(
                new X500Name("CN=" + newcomer.device()),
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        builder.addAttribute(type, new DEROctetString(id));
        builder.addAttribute(CAPABILITIES, new DERSequence(new ASN1Encodable[] {
            new DERSequence(NISTObjectIdentifiers.id_aes256_CBC), new DERSequence(NISTObjectIdentifiers.id_aes128_CBC)
        }));
        try {
            byte[] csr = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
            return file("csr", EstBase64.encode(csr, Wrapping.LINES_64));
        } catch (OperatorCreationException e) {
            throw new IOException(e);
        }
    }

    private Path file(String end, byte[] content) throws IOException {
        Path file = Files.createTempFile(product.home().scratch(), "server-key", "." + end);
        return Files.write(file, content);
    }

    private String openssl(String arguments) {
        return new String(
                shell.run(Product.words("openssl " + arguments)).requireDone().output(), US_ASCII);
    }
}
