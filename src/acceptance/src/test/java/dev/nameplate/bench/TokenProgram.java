package dev.nameplate.bench;

import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.pkcs11.Pkcs11Settings;
import dev.nameplate.hsm.pkcs11.Pkcs11Vault;
import dev.nameplate.hsm.pkcs11.TokenSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a SoftHSM can do: a program of its own each time, since SoftHSM finds its token by an environment variable. */
final class TokenProgram {
    private static final String LABEL = "bench";
    private static final String MEASURED = "measured ";

    private TokenProgram() {}

    /** Prepares something in a fresh token. */
    interface Preparation {
        Measuring prepare(Pkcs11Vault vault, Path library) throws Exception;
    }

    /** What one window says, in numbers. */
    interface Measuring {
        double[] measure(Duration window);
    }

    /** What was done in a while. */
    record Done(long times, long nanos, long cpuNanos) {
        double perSecond() {
            return times * 1e9 / nanos;
        }

        double cpuMicros() {
            return cpuNanos / 1e3 / times;
        }
    }

    /**
     * Starts the main method of this class with a token of its own.
     *
     * @return what each window said
     */
    static List<double[]> run(Class<?> program, Commands commands, Scratch scratch, int windows, Duration window) {
        Path tokens = scratch.directory("tokens-");
        Path configuration = scratch.write(
                tokens.getFileName() + ".conf",
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        String output = commands.run(
                Map.of("SOFTHSM2_CONF", configuration.toString()),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        Integer.toString(windows),
                        Long.toString(window.toMillis())));
        List<double[]> said = output.lines()
                .filter(line -> line.startsWith(MEASURED))
                .map(line -> Arrays.stream(line.substring(MEASURED.length()).split(" ", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
        if (said.size() != windows) {
            throw new IllegalStateException("the measuring program did not come to its end");
        }
        return said;
    }

    /**
     * What such a main method does.
     *
     * @param arguments windows, milliseconds of each
     */
    static void main(String[] arguments, Preparation preparation) throws Exception {
        Path library = SoftHsmLibrary.find();
        String pin = UUID.randomUUID().toString();
        TokenSetup.initialise(library, LABEL, Secret.of(UUID.randomUUID().toString()), Secret.of(pin));
        var settings = Pkcs11Settings.of(library, LABEL, () -> Secret.of(pin));
        try (Pkcs11Vault vault = Pkcs11Vault.open(settings, InstantSource.system())) {
            Measuring measuring = preparation.prepare(vault, library);
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                double[] said = measuring.measure(Duration.ofMillis(Long.parseLong(arguments[1])));
                System.out.println(MEASURED
                        + Arrays.stream(said).mapToObj(Double::toString).collect(Collectors.joining(" ")));
            }
        }
    }

    /** The same over and over, by so many threads. */
    static Done work(Runnable once, int workers, Duration time) {
        long cpuBefore = Machine.ownCpu().toNanos();
        long begin = System.nanoTime();
        long deadline = begin + time.toNanos();
        LongAdder times = new LongAdder();
        List<Thread> threads = IntStream.range(0, workers)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    while (System.nanoTime() < deadline) {
                        once.run();
                        times.increment();
                    }
                }))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        return new Done(times.sum(), System.nanoTime() - begin, Machine.ownCpu().toNanos() - cpuBefore);
    }
}
