package dev.nameplate.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much heap another JVM uses, as {@code jcmd} tells: what is not collected yet included. */
final class HeapWatch implements AutoCloseable {
    private static final Pattern USED =
            Pattern.compile("(?:DefNew|Tenured|new generation|tenured generation)\\s+total \\d+K, used (\\d+)K");
    private static final Duration STEP = Duration.ofMillis(100);
    private static final long KILOBYTE = 1024;

    private final Commands commands;
    private final long pid;
    private final AtomicLong most = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::watch);
    private volatile boolean closed;

    private HeapWatch(Commands commands, long pid) {
        this.commands = commands;
        this.pid = pid;
    }

    static HeapWatch begin(Commands commands, long pid) {
        HeapWatch watch = new HeapWatch(commands, pid);
        watch.thread.start();
        return watch;
    }

    /** After a full collection: what is in use for good. */
    static long idleBytes(Commands commands, long pid) {
        commands.run(jcmd(), Long.toString(pid), "GC.run");
        return used(commands, pid);
    }

    long mostBytes() {
        return most.get();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        while (!closed) {
            most.accumulateAndGet(used(commands, pid), Math::max);
            Waiting.pause(STEP);
        }
    }

    private static long used(Commands commands, long pid) {
        Matcher generations = USED.matcher(commands.run(jcmd(), Long.toString(pid), "GC.heap_info"));
        long kilobytes = 0;
        while (generations.find()) {
            kilobytes += Long.parseLong(generations.group(1));
        }
        if (kilobytes == 0) {
            throw new IllegalStateException("GC.heap_info of this JDK tells nothing of a serial collector");
        }
        return kilobytes * KILOBYTE;
    }

    private static String jcmd() {
        return java.nio.file.Path.of(System.getProperty("java.home"), "bin", "jcmd")
                .toString();
    }
}
