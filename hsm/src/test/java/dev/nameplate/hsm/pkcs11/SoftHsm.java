package dev.nameplate.hsm.pkcs11;

import dev.nameplate.hsm.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A SoftHSM with one token of its own, in a directory that can be taken away and given back. */
public final class SoftHsm implements AutoCloseable {
    public static final String LABEL = "nameplate test";
    public static final String PIN = "2468-user-pin";
    public static final String SO_PIN = "1357-officer-pin";

    private final Path home;

    private SoftHsm(Path home) {
        this.home = home;
    }

    /** Without a token yet. */
    public static SoftHsm empty() {
        try {
            Path home = Files.createTempDirectory("softhsm");
            Files.createDirectory(home.resolve("tokens"));
            Files.writeString(
                    configuration(),
                    "directories.tokendir = " + home.resolve("tokens")
                            + "\nobjectstore.backend = file\nlog.level = ERROR\n");
            return new SoftHsm(home);
        } catch (IOException noRoom) {
            throw new UncheckedIOException(noRoom);
        }
    }

    public static SoftHsm withToken() {
        SoftHsm softHsm = empty();
        TokenSetup.initialise(library(), LABEL, Secret.of(SO_PIN), Secret.of(PIN));
        return softHsm;
    }

    public static Path library() {
        return Stream.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("SoftHSM is not installed; type: apt-get install softhsm2"));
    }

    public Pkcs11Settings settings() {
        return Pkcs11Settings.of(library(), LABEL, () -> Secret.of(PIN));
    }

    /** Settings that try a lost token again after a tenth of a second. */
    public Pkcs11Settings impatient(int sessions) {
        return new Pkcs11Settings(
                library(),
                LABEL,
                () -> Secret.of(PIN),
                sessions,
                1000,
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                Duration.ofMillis(100));
    }

    public void takeAway() {
        move("tokens", "away");
    }

    public void giveBack() {
        move("away", "tokens");
    }

    /** What Debian's opensc shows of the private keys. */
    public String pkcs11Tool(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(
                                "pkcs11-tool", "--module", library().toString(), "--token-label", LABEL, "--pin", PIN),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder tool = new ProcessBuilder(command).redirectErrorStream(true);
        tool.environment().putAll(Map.of("SOFTHSM2_CONF", configuration().toString()));
        Process running = tool.start();
        String output = new String(running.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (running.waitFor() != 0) {
            throw new AssertionError("pkcs11-tool failed: " + output);
        }
        return output;
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }

    private void move(String from, String to) {
        try {
            Files.move(home.resolve(from), home.resolve(to));
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }

    private static Path configuration() {
        String path = System.getenv("SOFTHSM2_CONF");
        if (path == null) {
            throw new AssertionError(
                    "SOFTHSM2_CONF is not set; run these tests with Maven, or set it to a file to be written");
        }
        return Path.of(path);
    }
}
