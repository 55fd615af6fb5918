package dev.nameplate.bench;

import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.pkcs11.Pkcs11Settings;
import dev.nameplate.hsm.pkcs11.Pkcs11Vault;
import dev.nameplate.hsm.pkcs11.TokenSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * How often a SoftHSM signs with P-256 when the product's own vault asks it, from as many threads as there are cores. A program
 * of its own, since SoftHSM finds its token by an environment variable.
 */
record TokenRate(double perSecond, double cpuMicros) {
    private static final String LABEL = "bench";

    /** What one window says: signatures and nanoseconds. */
    private record Counted(long signatures, long nanos, long cpuNanos) {}

    static List<TokenRate> measure(Commands commands, Scratch scratch, int windows, Duration window) {
        Path tokens = scratch.path("tokens");
        tokens.toFile().mkdir();
        Path configuration = scratch.write(
                "softhsm2.conf",
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        String output = commands.run(
                Map.of("SOFTHSM2_CONF", configuration.toString()),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TokenRate.class.getName(),
                        Integer.toString(windows),
                        Long.toString(window.toMillis())));
        return output.lines()
                .filter(line -> line.startsWith("signed "))
                .map(line -> line.split(" ", -1))
                .map(word -> new TokenRate(Double.parseDouble(word[1]), Double.parseDouble(word[2])))
                .toList();
    }

    /** @param arguments windows, milliseconds of each */
    public static void main(String[] arguments) {
        Path library = SoftHsmLibrary.find();
        String pin = UUID.randomUUID().toString();
        TokenSetup.initialise(library, LABEL, Secret.of(UUID.randomUUID().toString()), Secret.of(pin));
        var settings = Pkcs11Settings.of(library, LABEL, () -> Secret.of(pin));
        try (Pkcs11Vault vault = Pkcs11Vault.open(settings, InstantSource.system())) {
            SigningKey key =
                    vault.signingKey(vault.generate(KeySpec.EC_P256, "bench").uri());
            long millis = Long.parseLong(arguments[1]);
            count(key, Duration.ofSeconds(2));
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                Counted counted = count(key, Duration.ofMillis(millis));
                System.out.println("signed " + counted.signatures() * 1e9 / counted.nanos() + " "
                        + counted.cpuNanos() / 1e3 / counted.signatures());
            }
        }
    }

    private static Counted count(SigningKey key, Duration time) {
        long cpuBefore = Machine.ownCpu().toNanos();
        long begin = System.nanoTime();
        long deadline = begin + time.toNanos();
        LongAdder signatures = new LongAdder();
        List<Thread> threads = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    byte[] digest = new byte[32];
                    while (System.nanoTime() < deadline) {
                        key.signDigest(SignatureScheme.ECDSA_SHA256, digest);
                        signatures.increment();
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
        return new Counted(
                signatures.sum(), System.nanoTime() - begin, Machine.ownCpu().toNanos() - cpuBefore);
    }
}
