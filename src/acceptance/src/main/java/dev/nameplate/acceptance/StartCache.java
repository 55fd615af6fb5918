package dev.nameplate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The cache that {@code scripts/nameplate} starts the product with, made once for a jar. Without it everything is the same, and
 * slower.
 */
final class StartCache {
    private static final String TRAIN = ". scripts/lib/common.sh; . scripts/lib/product.sh; train_aot_if_due";

    private StartCache() {}

    /** What to say to the JVM for it; nothing if there is none. */
    static List<String> flags(Path jar) {
        Path cache = jar.resolveSibling("nameplate.aot");
        train(jar.resolve("../../..").normalize());
        return Files.isRegularFile(cache)
                ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")
                : List.of();
    }

    private static void train(Path checkout) {
        ProcessBuilder program = new ProcessBuilder("bash", "-c", TRAIN)
                .directory(checkout.toFile())
                .inheritIO();
        program.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            program.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("bash cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
