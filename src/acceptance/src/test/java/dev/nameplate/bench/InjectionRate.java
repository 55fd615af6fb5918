package dev.nameplate.bench;

import dev.nameplate.hsm.InjectionVault;
import dev.nameplate.hsm.KeyEncryptionKey;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.pkcs11.Pkcs11Settings;
import dev.nameplate.hsm.pkcs11.Pkcs11Vault;
import dev.nameplate.hsm.pkcs11.TokenSetup;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * How often a SoftHSM makes a P-256 key, wraps it, destroys it and signs once, as for a unit with an injected key: when asked by
 * nothing but its own calls, by one thread or as many as there are cores, whichever is quicker; and when the product's vault asks it
 * for as many callers as there are cores. A program of its own, since SoftHSM finds its token by an environment variable.
 */
record InjectionRate(double tokenPerSecond, double portPerSecond) {
    private static final String LABEL = "bench";

    static List<InjectionRate> measure(Commands commands, Scratch scratch, int windows, Duration window) {
        Path tokens = scratch.path("injection-tokens");
        tokens.toFile().mkdir();
        Path configuration = scratch.write(
                "injection.conf",
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        String output = commands.run(
                Map.of("SOFTHSM2_CONF", configuration.toString()),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InjectionRate.class.getName(),
                        Integer.toString(windows),
                        Long.toString(window.toMillis())));
        return output.lines()
                .filter(line -> line.startsWith("made "))
                .map(line -> line.split(" ", -1))
                .map(word -> new InjectionRate(Double.parseDouble(word[1]), Double.parseDouble(word[2])))
                .toList();
    }

    /** @param arguments windows, milliseconds of each */
    public static void main(String[] arguments) throws Exception {
        Path library = SoftHsmLibrary.find();
        String pin = UUID.randomUUID().toString();
        TokenSetup.initialise(library, LABEL, Secret.of(UUID.randomUUID().toString()), Secret.of(pin));
        var settings = Pkcs11Settings.of(library, LABEL, () -> Secret.of(pin));
        try (Pkcs11Vault vault = Pkcs11Vault.open(settings, InstantSource.system())) {
            SigningKey issuer =
                    vault.signingKey(vault.generate(KeySpec.EC_P256, "issuer").uri());
            InjectionVault injection = vault.injection();
            KeyEncryptionKey kek = injection.makeKek("kek", recipient()).kek();
            BareToken token = new BareToken(library, issuer.uri());
            Runnable byPort = () -> {
                injection.make(KeySpec.EC_P256, kek);
                issuer.signDigest(SignatureScheme.ECDSA_SHA256, new byte[32]);
            };
            Duration window = Duration.ofMillis(Long.parseLong(arguments[1]));
            int cores = Runtime.getRuntime().availableProcessors();
            perSecond(token, cores, Duration.ofSeconds(2));
            perSecond(byPort, cores, Duration.ofSeconds(2));
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                double alone = Math.max(perSecond(token, 1, window), perSecond(token, cores, window));
                System.out.println("made " + alone + " " + perSecond(byPort, cores, window));
            }
        }
    }

    private static SubjectPublicKeyInfo recipient() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3072);
        return SubjectPublicKeyInfo.getInstance(
                generator.generateKeyPair().getPublic().getEncoded());
    }

    private static double perSecond(Runnable unit, int workers, Duration time) {
        long begin = System.nanoTime();
        long deadline = begin + time.toNanos();
        LongAdder units = new LongAdder();
        List<Thread> threads = IntStream.range(0, workers)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    while (System.nanoTime() < deadline) {
                        unit.run();
                        units.increment();
                    }
                }))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        return units.sum() * 1e9 / (System.nanoTime() - begin);
    }
}
