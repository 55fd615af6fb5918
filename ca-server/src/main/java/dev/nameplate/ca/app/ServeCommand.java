package dev.nameplate.ca.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.config.Settings;
import dev.nameplate.ca.config.SettingsReader;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine.Command;

/** {@code nameplate serve}: the CA, until it is told to stop. */
@Command(name = "serve", description = "Runs the CA of the home until it is told to stop (SIGTERM, Ctrl-C).")
final class ServeCommand implements Callable<Integer> {
    private final Nameplate root;
    private final InstantSource clock;
    private final String version;

    ServeCommand(Nameplate root, InstantSource clock, String version) {
        this.root = root;
        this.clock = clock;
        this.version = version;
    }

    @Override
    public Integer call() throws InterruptedException {
        log();
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (JvmGcMetrics collections = new JvmGcMetrics()) {
            new JvmMemoryMetrics().bindTo(metrics);
            new ProcessorMetrics().bindTo(metrics);
            collections.bindTo(metrics);
            run(metrics);
        }
        return ExitCode.DONE.value();
    }

    private void run(PrometheusMeterRegistry metrics) throws InterruptedException {
        Home home = new Home(root.home());
        Server server = Faults.inWords(() -> start(home, metrics));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            server.close();
            stopped.countDown();
        }));
        LoggerFactory.getLogger(ServeCommand.class).info("nameplate {} serves {}", version, home.directory());
        stopped.await();
    }

    private Server start(Home home, PrometheusMeterRegistry metrics) {
        Settings settings = SettingsReader.read(home);
        Core core = Core.open(new Core.Means(home, clock, new SecureRandom()), settings, new VaultMeters(metrics));
        try {
            Foundation.requireComplete(core);
        } catch (CommandFailedException e) {
            core.close();
            throw e;
        }
        return Server.start(core, metrics, version);
    }

    /** A command line says little; a server says what it does. */
    private static void log() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
