package dev.nameplate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;

/** What Linux says of a process (proc(5)). */
final class ProcFs {
    /** USER_HZ: 100 on every Linux that Java runs on. */
    private static final Duration TICK = Duration.ofMillis(10);

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int ENDED_CHILDREN_USER_TIME = 13;
    private static final int ENDED_CHILDREN_SYSTEM_TIME = 14;

    private ProcFs() {}

    /** User and system time of the process, in steps of a hundredth of a second. */
    static Duration cpu(long pid) {
        return ticks(pid, USER_TIME, SYSTEM_TIME);
    }

    /** The same of a process, its children that ended and those that run, theirs included. */
    static Duration cpuOfFamily(long pid) {
        long[] family = ProcessHandle.of(pid).stream()
                .flatMapToLong(parent -> LongStream.concat(
                        LongStream.of(pid), parent.descendants().mapToLong(ProcessHandle::pid)))
                .toArray();
        return LongStream.of(family)
                .mapToObj(member ->
                        ticks(member, USER_TIME, SYSTEM_TIME, ENDED_CHILDREN_USER_TIME, ENDED_CHILDREN_SYSTEM_TIME))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Bytes in memory now. */
    static long residentBytes(long pid) {
        return read(Path.of("/proc", Long.toString(pid), "status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** The command line, word by word. */
    static java.util.List<String> commandLine(long pid) {
        return java.util.List.of(read(Path.of("/proc", Long.toString(pid), "cmdline"))
                .replaceAll("\0$", "")
                .split("\0", -1));
    }

    /** The value of a variable in the environment the process was started with; empty if there is none. */
    static String environment(long pid, String name) {
        return read(Path.of("/proc", Long.toString(pid), "environ"))
                .transform(all -> java.util.Arrays.stream(all.split("\0", -1)))
                .filter(entry -> entry.startsWith(name + "="))
                .map(entry -> entry.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private static Duration ticks(long pid, int... fields) {
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        if (stat.isEmpty()) {
            return Duration.ZERO;
        }
        // The name in brackets may hold spaces and brackets itself.
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long sum = 0;
        for (int field : fields) {
            sum += Long.parseLong(afterName[field]);
        }
        return TICK.multipliedBy(sum);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
