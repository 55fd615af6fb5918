package dev.nameplate.ca.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Churn} in a process of its own. */
final class KilledProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private KilledProcess(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    static KilledProcess start(String where, int threads) throws IOException {
        return new KilledProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Churn.class.getName(),
                        where,
                        String.valueOf(threads))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Lets it acknowledge so many, kills it by SIGKILL, and reads what else it had acknowledged by then. */
    List<String> killAfter(int acknowledged) throws IOException, InterruptedException {
        List<String> serials = new ArrayList<>();
        for (String line = nextSerial(); line != null; line = nextSerial()) {
            serials.add(line);
            if (serials.size() == acknowledged) {
                process.toHandle().destroyForcibly();
            }
        }
        process.waitFor();
        return serials;
    }

    /** Until it has the database open. */
    void awaitFirst() throws IOException {
        if (nextSerial() == null) {
            throw new IOException("the process ended before it recorded anything");
        }
    }

    /** A line cut short by the kill was acknowledged to nobody. */
    private @Nullable String nextSerial() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.matches("[0-9a-f]{20,32}")) {
                return line;
            }
        }
        return null;
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
