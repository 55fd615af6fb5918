package dev.nameplate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs other programs. */
final class Commands {
    private static final Duration TIME = Duration.ofMinutes(10);

    private final Path checkout;
    private final Scratch scratch;

    Commands(Path checkout, Scratch scratch) {
        this.checkout = checkout;
        this.scratch = scratch;
    }

    Path checkout() {
        return checkout;
    }

    /** What it printed to its standard output; fails unless it ended with 0 in time. */
    String run(String... command) {
        return run(Map.of(), List.of(command));
    }

    String run(Map<String, String> environment, List<String> command) {
        Path errors = scratch.path("command.err");
        Path output = scratch.path("command.out");
        try {
            Process process = builder(environment, command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(TIME.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " did not end within " + TIME);
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + process.exitValue() + ": "
                        + Files.readString(errors) + Files.readString(output));
            }
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Starts a program that runs until the end of the run or until it is stopped; its output goes to a file, which is empty before. */
    Child start(Cleanup cleanup, String name, Map<String, String> environment, List<String> command) {
        Path log = scratch.path(name + ".log");
        try {
            Process process = builder(environment, command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
            Child child = new Child(name, process, log);
            cleanup.add(child::stop);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of these programs that is on this machine. */
    static Optional<Path> find(String name, List<Path> alsoIn) {
        return java.util.stream.Stream.concat(
                        java.util.Arrays.stream(
                                        System.getenv().getOrDefault("PATH", "").split(":", -1))
                                .filter(part -> !part.isEmpty())
                                .map(Path::of),
                        alsoIn.stream())
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What to put before a command so that it does not run as root. */
    static List<String> asNobody() {
        return "root".equals(System.getProperty("user.name"))
                ? List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
                : List.of();
    }

    private ProcessBuilder builder(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(checkout.toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
