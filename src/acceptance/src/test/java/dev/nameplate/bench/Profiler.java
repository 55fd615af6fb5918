package dev.nameplate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a server's CPU time goes, by the flight recorder's samples of CPU time. */
final class Profiler {
    private static final String VIEW = "cpu-time-hot-methods";

    private final Commands commands;
    private final Scratch scratch;

    Profiler(Commands commands, Scratch scratch) {
        this.commands = commands;
        this.scratch = scratch;
    }

    void begin(Child server) {
        commands.run(
                tool("jcmd"),
                Long.toString(server.pid()),
                "JFR.start",
                "name=bench",
                "settings=profile",
                "jdk.CPUTimeSample#enabled=true",
                "jdk.CPUTimeSample#throttle=5ms");
    }

    /** Ends the recording; it and its top frames stay in the directory. */
    void end(Child server, Path results, String name) {
        Path recorded = scratch.path("bench.jfr");
        commands.run(tool("jcmd"), Long.toString(server.pid()), "JFR.stop", "name=bench", "filename=" + recorded);
        try {
            Files.createDirectories(results);
            Files.writeString(
                    results.resolve(name + ".txt"),
                    commands.run(tool("jfr"), "view", "--width", "160", VIEW, recorded.toString()));
            Files.move(recorded, results.resolve(name + ".jfr"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
