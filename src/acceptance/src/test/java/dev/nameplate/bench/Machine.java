package dev.nameplate.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Where the figures come from. */
record Machine(
        String date,
        String processor,
        int cores,
        long memoryMegabytes,
        String kernel,
        String jdk,
        String loadBefore,
        String commit) {
    static Machine look(Commands commands) {
        return new Machine(
                Instant.now().toString(),
                modelName(),
                Runtime.getRuntime().availableProcessors(),
                system().getTotalMemorySize() / 1024 / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                load(),
                describe(commands));
    }

    /** Of the last one, five and fifteen minutes. */
    static String load() {
        String all = read("/proc/loadavg");
        return all.substring(0, all.indexOf(' ', all.indexOf(' ', all.indexOf(' ') + 1) + 1));
    }

    static Duration ownCpu() {
        return Duration.ofNanos(system().getProcessCpuTime());
    }

    private static OperatingSystemMXBean system() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }

    private static String modelName() {
        return read("/proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static String describe(Commands commands) {
        try {
            return commands.run("git", "describe", "--always", "--dirty").strip();
        } catch (IllegalStateException | UncheckedIOException noGit) {
            return "unknown";
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
