package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.est.BasicCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The issuers' private keys are in the token and nowhere else. */
@ExtendWith(Product.Shared.class)
final class CustodyIT {
    private static final int P256_BITS = 256;

    private final Product product;
    private final ProductHome home;

    CustodyIT(Product product) {
        this.product = product;
        this.home = product.home();
    }

    @Test
    void showsThePrivateKeysToOthersAsNeverExtractable() throws IOException {
        String label = setting("label");
        String pin = Files.readString(home.path().resolve(setting("pin-file"))).strip();

        String keys = home.token()
                .pkcs11Tool(label, pin, "--list-objects", "--type", "privkey")
                .out();

        List<String> access =
                keys.lines().filter(line -> line.contains("Access:")).toList();
        assertThat(access).hasSizeGreaterThanOrEqualTo(issuerKeys().size());
        assertThat(access).allMatch(line -> line.matches(".*sensitive, always sensitive, never extract?able.*"));
    }

    @Test
    void bringsNoPrivateKeyOfAnIssuerOntoTheHeap() throws Exception {
        enrolSome(20);
        Path dump = home.scratch().resolve("heap.hprof");
        Collection<ECPublicKey> issuers = issuerKeys();
        Collection<ECPublicKey> doors =
                Set.of(doorKey(home.ports().device()), doorKey(home.ports().operator()));

        jcmd("GC.heap_dump", "-all", dump.toString());

        assertThat(KeySearch.p256(dump, of(P256_BITS, issuers))).isEmpty();
        assertThat(KeySearch.p384(dump, of(384, issuers))).isEmpty();
        assertThat(KeySearch.p256(dump, of(P256_BITS, doors)))
                .as("the search finds the keys of the doors, which are there")
                .isNotEmpty();
    }

    @Test
    void makesNoPrivateKeyObjectWhenItSigns() throws IOException {
        enrolSome(5);
        Map<String, Long> before = privateKeyObjects();
        enrolSome(20);

        assertThat(privateKeyObjects()).isEqualTo(before);
    }

    private void enrolSome(int times) throws IOException {
        try (EstDoor door = EstDoor.of(home)) {
            for (int time = 0; time < times; time++) {
                Product.Newcomer newcomer = product.newcomer("custody");
                var code = new BasicCredentials(newcomer.device(), newcomer.code());
                assertThat(door.enrol(code, csr(newcomer.device())).status()).isEqualTo(200);
            }
        }
    }

    private byte[] csr(String device) throws IOException {
        Program openssl = product.bench();
        Path csr = Files.createTempFile(home.scratch(), "custody", ".csr");
        openssl.run(Product.words("openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout " + csr
                        + ".key -subj /CN=" + device + " -out " + csr))
                .requireDone();
        return Files.readAllBytes(csr);
    }

    /** Objects in use, after a full collection, by class. */
    private Map<String, Long> privateKeyObjects() {
        return jcmd("GC.class_histogram")
                .lines()
                .map(line -> line.strip().split(" +", -1))
                .filter(columns -> columns.length >= 4 && columns[0].endsWith(":"))
                .filter(columns ->
                        columns[3].matches(".*Private(Crt)?Key(Impl|Parameters)?$|.*\\.BC[A-Za-z]*PrivateKey"))
                .collect(Collectors.toMap(columns -> columns[3], columns -> Long.parseLong(columns[1])));
    }

    private String jcmd(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(Long.toString(product.server().pid()));
        command.addAll(List.of(arguments));
        return new Program(home.scratch(), Map.of()).run(command).requireDone().out();
    }

    private static List<ECPublicKey> of(int bits, Collection<ECPublicKey> keys) {
        return keys.stream()
                .filter(key -> key.getParams().getOrder().bitLength() == bits)
                .toList();
    }

    private List<ECPublicKey> issuerKeys() throws IOException {
        List<ECPublicKey> keys = new ArrayList<>();
        for (X509Certificate certificate : product.api().issuers()) {
            keys.add((ECPublicKey) certificate.getPublicKey());
        }
        assertThat(keys).isNotEmpty();
        return keys;
    }

    private ECPublicKey doorKey(int port) throws IOException {
        var factory = Tls.context(product.trust(), Optional.empty()).getSocketFactory();
        try (SSLSocket socket = (SSLSocket) factory.createSocket("localhost", port)) {
            Certificate door = socket.getSession().getPeerCertificates()[0];
            return (ECPublicKey) door.getPublicKey();
        }
    }

    private String setting(String key) throws IOException {
        String settings = Files.readString(home.path().resolve("nameplate.yaml"));
        Matcher matcher =
                Pattern.compile("(?m)^  " + key + ": *\"?([^\"\\n]+?)\"? *$").matcher(settings);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
