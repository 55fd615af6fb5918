package dev.nameplate.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** How much heap another JVM uses, as one {@code jstat} tells all the while: what is not collected yet included. */
final class HeapWatch implements AutoCloseable {
    private static final int STEP_MILLIS = 100;
    private static final double KILOBYTE = 1024;

    /** Both survivors, eden and the old generation. */
    private static final Set<String> USED = Set.of("S0U", "S1U", "EU", "OU");

    private final AtomicLong most = new AtomicLong();
    private final Process jstat;
    private final Thread thread;

    private HeapWatch(Process jstat) {
        this.jstat = jstat;
        this.thread = Thread.ofPlatform().daemon().unstarted(this::watch);
    }

    static HeapWatch begin(long pid) {
        try {
            var watch = new HeapWatch(
                    new ProcessBuilder(program("jstat"), "-gc", Long.toString(pid), Integer.toString(STEP_MILLIS))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start());
            watch.thread.start();
            return watch;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After a full collection: what is in use for good. */
    static long idleBytes(Commands commands, long pid) {
        commands.run(program("jcmd"), Long.toString(pid), "GC.run");
        List<String> lines = commands.run(program("jstat"), "-gc", Long.toString(pid))
                .lines()
                .toList();
        return used(lines.getFirst(), lines.getLast());
    }

    /** Until now. */
    long mostBytes() {
        return most.get();
    }

    @Override
    public void close() {
        jstat.destroy();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try (BufferedReader output = jstat.inputReader()) {
            Iterator<String> lines = output.lines().iterator();
            if (lines.hasNext()) {
                String head = lines.next();
                lines.forEachRemaining(line -> most.accumulateAndGet(used(head, line), Math::max));
            }
        } catch (IOException | UncheckedIOException stopped) {
            System.err.println("jstat was stopped: " + stopped.getMessage());
        }
    }

    private static long used(String head, String line) {
        List<String> names = words(head);
        List<String> values = words(line);
        double kilobytes = IntStream.range(0, names.size())
                .filter(i -> USED.contains(names.get(i)))
                .mapToDouble(i -> Double.parseDouble(values.get(i)))
                .sum();
        return (long) (kilobytes * KILOBYTE);
    }

    private static List<String> words(String line) {
        return Arrays.asList(line.strip().split(" +", -1));
    }

    private static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
