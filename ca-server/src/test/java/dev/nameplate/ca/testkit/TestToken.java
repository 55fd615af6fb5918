package dev.nameplate.ca.testkit;

import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.pkcs11.Pkcs11Settings;
import dev.nameplate.hsm.pkcs11.Pkcs11Vault;
import dev.nameplate.hsm.pkcs11.TokenSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Stream;

/** A SoftHSM token of a test's own. The library reads where it is from the environment, once, so there is one at a time. */
public final class TestToken implements AutoCloseable {
    private static final String LABEL = "nameplate test";
    private static final String PIN = "2468-user-pin";

    private final Path tokens;

    private TestToken(Path tokens) {
        this.tokens = tokens;
    }

    public static TestToken made() {
        try {
            Path tokens = Files.createTempDirectory("softhsm");
            Files.writeString(configuration(), "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
            TokenSetup.initialise(library(), LABEL, Secret.of("1357-officer-pin"), Secret.of(PIN));
            return new TestToken(tokens);
        } catch (IOException noRoom) {
            throw new UncheckedIOException(noRoom);
        }
    }

    /** For settings. */
    public String label() {
        return LABEL;
    }

    /** For a file. */
    public String pin() {
        return PIN;
    }

    public Pkcs11Vault open() {
        return Pkcs11Vault.open(Pkcs11Settings.of(library(), LABEL, () -> Secret.of(PIN)), InstantSource.system());
    }

    public Path module() {
        return library();
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(tokens)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }

    public static Path library() {
        return Stream.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("SoftHSM is not installed; type: apt-get install softhsm2"));
    }

    private static Path configuration() {
        String path = System.getenv("SOFTHSM2_CONF");
        if (path == null) {
            throw new AssertionError(
                    "SOFTHSM2_CONF is not set; run these tests with Maven, or set it to a file to write");
        }
        return Path.of(path);
    }
}
