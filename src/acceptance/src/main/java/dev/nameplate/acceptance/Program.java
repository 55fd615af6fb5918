package dev.nameplate.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another program, run to its end in a directory of its caller's. */
public final class Program {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory;
    private final Map<String, String> environment;

    public Program(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
    }

    /** What it said and how it ended. */
    public record Ended(List<String> command, int exit, byte[] output, String err) {
        public String out() {
            return new String(output, StandardCharsets.UTF_8);
        }

        /** @throws AssertionError with everything it said, if it failed */
        public Ended requireDone() {
            if (exit != 0) {
                throw new AssertionError(String.join(" ", command) + " ended with " + exit + "\n" + out() + "\n" + err);
            }
            return this;
        }
    }

    public Ended run(String... command) {
        return run(List.of(command));
    }

    public Ended run(List<String> command) {
        Path out = scratch("out");
        Path err = scratch("err");
        try {
            ProcessBuilder builder = builder(command).redirectOutput(out.toFile());
            int exit = waitFor(builder.redirectError(err.toFile()).start(), command);
            return new Ended(command, exit, Files.readAllBytes(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(command.getFirst() + " cannot be run: " + e.getMessage(), e);
        }
    }

    ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        return builder.redirectInput(
                ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    }

    private Path scratch(String end) {
        try {
            return Files.createTempFile(directory, "run", "." + end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int waitFor(Process process, List<String> command) {
        try {
            if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new AssertionError(String.join(" ", command) + " did not end within " + PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command.getFirst() + " ran", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
