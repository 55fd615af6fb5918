package dev.nameplate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nameplate.acceptance.Product.Newcomer;
import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.EstAnswers;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.Wrapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is revoked is refused at once, and a bulk revocation survives whatever happens to the server. */
final class RevocationIT {
    private static final int FLEET = 60;

    /** A piece at this pace. */
    private static final int LAST = 5;

    /** A device with its key and its certificate. */
    private record Enrolled(String device, KeyPair keys, X509CertificateHolder certificate) {
        Identity identity() {
            return Identity.of(keys.getPrivate(), certificate);
        }

        String serial() {
            return certificate.getSerialNumber().toString(16);
        }

        /** For the key it has, so that a good certificate is answered with itself. */
        byte[] renewal() {
            return EstBase64.encode(
                    CsrBuilder.forKey(keys).renewalOf(certificate).build().der(), Wrapping.LINES_64);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void refusesARevokedCertificateOnAKeptConnectionAndOnAResumedSession(String protocol) throws IOException {
        try (Product product = Product.with(settings -> settings)) {
            Enrolled device = enrol(product);
            SSLContext context = Tls.context(product.trust(), Optional.of(device.identity()));
            try (KeptConnection kept =
                    KeptConnection.open(context, product.home().deviceDoor(), protocol)) {
                assertThat(kept.reenrol(device.renewal())).startsWith("200");

                product.home().nameplate("cert", "hold", device.serial()).requireDone();
                assertThat(kept.reenrol(device.renewal())).startsWith("403").contains("revoked");
                try (KeptConnection resumed =
                        KeptConnection.open(context, product.home().deviceDoor(), protocol)) {
                    assertThat(resumed.agreedAt()).isEqualTo(kept.agreedAt());
                    assertThat(resumed.reenrol(device.renewal()))
                            .startsWith("403")
                            .contains("revoked");
                }

                product.home().nameplate("cert", "release", device.serial()).requireDone();
                assertThat(kept.reenrol(device.renewal())).startsWith("200");

                product.home()
                        .nameplate("device", "decommission", device.device())
                        .requireDone();
                assertThat(kept.reenrol(device.renewal())).startsWith("403");
            }
        }
    }

    /** Right after it was applied, in the middle, while a CRL that lists some of it appears, and before the last piece. */
    @Test
    void carriesOutABulkRevocationToItsEndThoughItIsKilledAtEveryStage() throws IOException {
        try (ProductHome home = ProductHome.create()) {
            home.changeSettings(settings -> settings.replace("per-second: 5000", "per-second: 5"));
            Set<String> planned = new TreeSet<>();
            String id;
            Path plan = home.scratch().resolve("plan");
            try (Killed server = Killed.after(home)) {
                for (int i = 0; i < FLEET; i++) {
                    planned.add(enrol(server.api(), server.door(), "lot-" + i).serial());
                }
                home.nameplate(plan(plan)).requireDone();
                id = begin(home, plan);
                enrol(server.api(), server.door(), "innocent");
            }
            try (Killed server = Killed.after(home)) {
                await().until(() -> done(server.api(), id) >= FLEET / 6);
                assertThat(done(server.api(), id)).isLessThan(FLEET);
            }
            try (Killed server = Killed.after(home)) {
                FileTime before = shown(home);
                await().pollInterval(Duration.ofMillis(5))
                        .until(() -> shown(home).compareTo(before) > 0 || done(server.api(), id) == FLEET);
            }
            try (Killed server = Killed.after(home)) {
                await().until(() -> done(server.api(), id) >= FLEET - LAST);
            }
            try (ServerProcess again = home.serve();
                    OperatorApi api = home.operatorApi()) {
                String line = home.nameplate("revoke", "apply", plan.toString(), "--yes")
                        .requireDone()
                        .out();

                assertThat(line).startsWith("done: " + FLEET + " certificates, of which " + FLEET + " changed");
                assertThat(revoked(api)).isEqualTo(planned);
                assertThat(api.auditVerdict()).isEqualTo("intact");
                assertThat(again.isAlive()).isTrue();
            }
        }
    }

    /** A server that is killed in the end. */
    private record Killed(ServerProcess process, OperatorApi api, EstDoor door) implements AutoCloseable {
        static Killed after(ProductHome home) throws IOException {
            ServerProcess process = home.serve();
            return new Killed(process, home.operatorApi(), EstDoor.of(home));
        }

        @Override
        public void close() {
            process.kill();
            door.close();
            api.close();
        }
    }

    private static String[] plan(Path out) {
        String words = "revoke plan --profile ldevid --reason key-compromise --final --out ";
        return (words + out).split(" ", -1);
    }

    /** @return the id of the plan, which is being carried out from now on */
    private static String begin(ProductHome home, Path plan) {
        String said = home.nameplate("--json", "revoke", "apply", plan.toString(), "--yes", "--no-wait")
                .requireDone()
                .out();
        return json(said).path("id").asString("");
    }

    private static FileTime shown(ProductHome home) throws IOException {
        return Files.getLastModifiedTime(home.path().resolve("public/crl/devices/g1.crl"));
    }

    private static Enrolled enrol(Product product) throws IOException {
        Newcomer newcomer = product.newcomer("revoked");
        try (EstDoor door = EstDoor.of(product.home())) {
            return enrol(door, newcomer.device(), newcomer.code());
        }
    }

    private static Enrolled enrol(OperatorApi api, EstDoor door, String device) throws IOException {
        api.register(device);
        return enrol(door, device, api.code(device));
    }

    private static Enrolled enrol(EstDoor door, String device, String code) throws IOException {
        KeyPair keys = keys();
        byte[] request = EstBase64.encode(
                CsrBuilder.forKey(keys)
                        .subject(new X500Name("CN=" + device))
                        .build()
                        .der(),
                Wrapping.LINES_64);
        Answer answer = door.enrol(new BasicCredentials(device, code), request);
        return new Enrolled(
                device,
                keys,
                EstAnswers.issued(
                        answer.header("Content-Type").orElse(null),
                        answer.body(),
                        keys.getPublic().getEncoded()));
    }

    private static long done(OperatorApi api, String plan) throws IOException {
        return json(api.get("/api/v1/revocation-plans/" + plan).text())
                .at("/progress/certificates")
                .asLong();
    }

    private static Set<String> revoked(OperatorApi api) throws IOException {
        Set<String> revoked = new TreeSet<>();
        for (JsonNode certificate : json(api.get("/api/v1/certificates?limit=1000&profile=ldevid")
                        .text())
                .path("items")) {
            if (certificate.at("/revoked/reason").asString("").equals("key-compromise")) {
                revoked.add(certificate.path("serial").asString("").replaceFirst("^0", ""));
            }
        }
        return revoked;
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java makes no P-256 key", e);
        }
    }
}
