package dev.nameplate.acceptance;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** A running server; it is the process itself that is killed, no wrapper. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final int GRACE_SECONDS = 30;

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ServerProcess ready(Process process, Path log, OperatorApi api) {
        ServerProcess server = new ServerProcess(process, log);
        try {
            await().pollInSameThread()
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !process.isAlive() || api.isReady());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("the server is not ready after " + START + ":\n" + server.log(), e);
        } finally {
            if (!process.isAlive() || !api.isReady()) {
                process.destroyForcibly();
            }
        }
        if (!process.isAlive()) {
            throw new AssertionError("the server ended with " + process.exitValue() + ":\n" + server.log());
        }
        return server;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: the process has no say in it. */
    public void kill() {
        process.destroyForcibly();
        waitFor();
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, and SIGKILL if that is not heard. */
    @Override
    public void close() {
        process.destroy();
        waitFor();
    }

    private void waitFor() {
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the server did not end within " + GRACE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
