package dev.nameplate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where one SoftHSM keeps its token: a directory that can be taken away and given back. */
public final class SoftToken {
    private final Path directory;

    SoftToken(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(tokens());
            Files.writeString(
                    configuration(),
                    "directories.tokendir = " + tokens()
                            + "\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = false\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path module() {
        return Stream.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("SoftHSM is not installed; type: apt-get install softhsm2"));
    }

    Map<String, String> environment() {
        return Map.of("SOFTHSM2_CONF", configuration().toString());
    }

    public void takeAway() {
        move(tokens(), away());
    }

    public void giveBack() {
        move(away(), tokens());
    }

    /** What Debian's opensc does with the token. */
    public Program.Ended pkcs11Tool(String label, String pin, String... arguments) {
        List<String> command = Stream.concat(
                        Stream.of("pkcs11-tool", "--module", module().toString(), "--token-label", label, "--pin", pin),
                        Stream.of(arguments))
                .toList();
        return new Program(directory, environment()).run(command).requireDone();
    }

    public Path tokens() {
        return directory.resolve("tokens");
    }

    private Path away() {
        return directory.resolve("away");
    }

    private Path configuration() {
        return directory.resolve("softhsm2.conf");
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
