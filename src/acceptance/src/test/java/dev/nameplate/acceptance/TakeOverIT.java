package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An issuer of {@code openssl ca}, whose key OpenSSL used in the token through PKCS#11, is taken over with all it did. */
final class TakeOverIT {
    private static final String CA = """
            [ca]
            default_ca = works
            [works]
            database = index.txt
            new_certs_dir = issued
            serial = serial
            crlnumber = crlnumber
            certificate = ca.pem
            default_md = sha256
            default_days = 300
            default_crl_days = 7
            policy = any
            x509_extensions = leaf
            crl_extensions = list
            [any]
            commonName = supplied
            [leaf]
            basicConstraints = CA:FALSE
            keyUsage = critical,digitalSignature
            extendedKeyUsage = clientAuth
            [list]
            authorityKeyIdentifier = keyid
            """;
    private static final String AUTHORITY = """
            basicConstraints = critical,CA:TRUE,pathlen:0
            keyUsage = critical,keyCertSign,cRLSign
            subjectKeyIdentifier = hash
            authorityKeyIdentifier = keyid
            """;
    private static final String ISSUER = """
            issuers:
              works:
                external: true
                subject: CN=Works Device CA,O=Works
                key: ec-p256
                validity: P3000D
            """;
    private static final String PROFILE = """
            profiles:
              meter:
                issuer: works
                keys: [ec-p256]
                validity: { lasts: P365D }
                subject: CN=${device.id}
                usages: { key-usage: [digitalSignature], extended-key-usage: [clientAuth] }
                renewal: { window: P90D }
            """;
    private static final String LABEL = """
            labels:
              meter:
                profile: meter
                ways: [certificate]
            """;

    private final ProductHome home = ProductHome.create();
    private final Program works = new Program(
            home.scratch(),
            Map.of(
                    "SOFTHSM2_CONF",
                    home.scratch().resolve("softhsm2.conf").toString(),
                    "PKCS11_MODULE_PATH",
                    SoftToken.module().toString()));

    @BeforeEach
    void runTheCaBefore() throws IOException {
        home.changeSettings(settings -> settings.replace("\nissuers:\n", "\n" + ISSUER)
                .replace("\nprofiles:\n", "\n" + PROFILE)
                .replace("\nlabels:\n", "\n" + LABEL));
        found();
        for (int meter = 1; meter <= 4; meter++) {
            run("openssl ecparam -name prime256v1 -genkey -noout -out meter-" + meter + ".key");
            run("openssl req -new -key meter-" + meter + ".key -subj /CN=meter-" + meter + " -out meter.csr");
            ca("-batch -notext -in meter.csr -out meter-" + meter + ".pem");
        }
        ca("-revoke issued/1002.pem -crl_reason keyCompromise");
        ca("-gencrl -out last.crl");
        Files.delete(file("issued/1004.pem"));
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void goesOnWhereTheCaBeforeEnded() throws IOException {
        assertThat(adopt("--dry-run").out())
                .contains(
                        "3 certificates",
                        "1 by their serial alone; 1 revoked",
                        "go on above 65",
                        "nothing was changed");
        assertThat(adopt().out()).contains("taken over now: 3 certificates, 1 serials, 1 revocations, 3 devices");

        try (ServerProcess server = home.serve();
                OperatorApi api = home.operatorApi()) {
            assertThat(server.isAlive()).isTrue();
            assertThat(Stream.of("0x1001", "0x1002", "0x1004", "0x4711").map(this::ocsp))
                    .containsExactly("good", "revoked", "good", "unknown");
            api.revoke("1004", "superseded");
            assertThat(ocsp("0x1004")).isEqualTo("revoked");
            requireHigherCrl();
            renewal(1).requireDone();
            assertThat(run("openssl x509 -noout -subject -issuer -in new-1.pem").out())
                    .contains("CN = meter-1", "CN = Works Device CA");
            run("openssl verify -CAfile root.pem -untrusted ca.pem new-1.pem");
            assertThat(renewal(2).err()).contains("1002 is revoked");
            assertThat(api.auditVerdict()).isEqualTo("intact");
        }
    }

    private void requireHigherCrl() {
        run("curl -sf -o new.crl http://localhost:" + home.ports().open() + "/crl/works.crl");
        run("openssl crl -inform der -in new.crl -CAfile chain.pem -noout");
        String number =
                run("openssl crl -inform der -in new.crl -noout -crlnumber").out();
        assertThat(Integer.decode(number.strip().substring("crlNumber=".length())))
                .isGreaterThan(0x41);
    }

    private Program.Ended renewal(int meter) {
        return home.nameplate(
                "est",
                "reenroll",
                "--label",
                "meter",
                "--cert",
                file("meter-" + meter + ".pem").toString(),
                "--key",
                file("meter-" + meter + ".key").toString(),
                "--new-key",
                file("new-" + meter + ".key").toString(),
                "--out",
                file("new-" + meter + ".pem").toString());
    }

    private Program.Ended adopt(String... more) {
        List<String> all = Stream.concat(
                        Stream.of(
                                "issuer",
                                "adopt",
                                "works",
                                "--key",
                                "pkcs11:token=nameplate;object=works",
                                "--chain",
                                file("chain.pem").toString(),
                                "--certificates",
                                file("issued").toString(),
                                "--table",
                                file("index.txt").toString(),
                                "--crl",
                                file("last.crl").toString(),
                                "--register"),
                        Stream.of(more))
                .toList();
        return home.nameplate(all.toArray(String[]::new)).requireDone();
    }

    private String ocsp(String serial) {
        String said = run("openssl ocsp -url http://localhost:" + home.ports().open() + "/ocsp -issuer ca.pem -serial "
                        + serial + " -CAfile root.pem -verify_other ca.pem")
                .out();
        return said.lines()
                .filter(line -> line.startsWith(serial + ": "))
                .map(line -> line.substring(serial.length() + 2).strip())
                .findFirst()
                .orElse(said);
    }

    /** A root in a file, and an issuer below it whose key is in the token. */
    private void found() throws IOException {
        home.token()
                .pkcs11Tool(
                        "nameplate",
                        pin(),
                        "--keypairgen",
                        "--key-type",
                        "EC:prime256v1",
                        "--label",
                        "works",
                        "--id",
                        "77",
                        "--sensitive");
        Files.writeString(file("ca.cnf"), CA);
        Files.writeString(file("ca.ext"), AUTHORITY);
        Files.writeString(file("index.txt"), "");
        Files.writeString(file("serial"), "1001\n");
        Files.writeString(file("crlnumber"), "41\n");
        Files.createDirectory(file("issued"));
        run("openssl ecparam -name secp384r1 -genkey -noout -out root.key");
        run("openssl req -x509 -new -key root.key -out root.pem -subj /CN=Works -days 4000 -addext"
                + " basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign");
        works.run(
                        "openssl",
                        "req",
                        "-new",
                        "-engine",
                        "pkcs11",
                        "-keyform",
                        "engine",
                        "-key",
                        key(),
                        "-subj",
                        "/O=Works/CN=Works Device CA",
                        "-out",
                        "ca.csr")
                .requireDone();
        run("openssl x509 -req -in ca.csr -CA root.pem -CAkey root.key -days 3000 -extfile ca.ext -out ca.pem");
        Files.writeString(file("chain.pem"), Files.readString(file("ca.pem")) + Files.readString(file("root.pem")));
    }

    private void ca(String arguments) throws IOException {
        run("openssl ca -config ca.cnf -engine pkcs11 -keyform engine -keyfile " + key() + " " + arguments);
    }

    private String key() throws IOException {
        return "pkcs11:token=nameplate;object=works;type=private;pin-value=" + pin();
    }

    private String pin() throws IOException {
        return Files.readString(home.path().resolve("secrets/token.pin")).strip();
    }

    private Path file(String name) {
        return home.scratch().resolve(name);
    }

    private Program.Ended run(String line) {
        return works.run(List.of(line.split(" ", -1))).requireDone();
    }
}
