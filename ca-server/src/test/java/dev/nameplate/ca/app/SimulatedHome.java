package dev.nameplate.ca.app;

import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.config.HomeSettings;
import dev.nameplate.ca.config.SettingsReader;
import dev.nameplate.ca.testkit.MutableClock;
import dev.nameplate.ca.testkit.TestToken;
import dev.nameplate.hsm.VaultListener;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A home on a token of its own, whose CA lives by a clock that a test moves. */
final class SimulatedHome implements AutoCloseable {
    final MutableClock clock = MutableClock.started();
    final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final TestToken token = TestToken.made();
    private final Core.Means means;

    /** @param change to the text of the usual settings */
    SimulatedHome(Path directory, UnaryOperator<String> change) {
        this(change, directory);
        found();
    }

    /** Settings and a token with nothing in it. */
    static SimulatedHome withoutKeys(Path directory) {
        return new SimulatedHome(UnaryOperator.identity(), directory);
    }

    private SimulatedHome(UnaryOperator<String> change, Path directory) {
        Home home = new Home(directory);
        home.create();
        Path pin = home.secrets().resolve("token.pin");
        write(pin, token.pin() + "\n");
        var settings = new HomeSettings(
                "Simulated",
                0,
                List.of("localhost"),
                new HomeSettings.Token(TestToken.library().toString(), token.label(), "secrets/token.pin"),
                Optional.empty(),
                HomeSettings.Root.OWN);
        write(home.settings(), change.apply(quiet(settings.text())));
        means = new Core.Means(home, clock, new SecureRandom());
    }

    /** Makes what the settings want and is not there. */
    void found() {
        Foundation.lay(means);
    }

    void change(UnaryOperator<String> change) throws IOException {
        Path settings = means.home().settings();
        write(settings, change.apply(Files.readString(settings)));
    }

    Server start() {
        Core core = Core.open(means, SettingsReader.read(means.home()), VaultListener.SILENT);
        return Server.start(core, metrics, "1.2.3");
    }

    Core.Means means() {
        return means;
    }

    @Override
    public void close() {
        token.close();
    }

    /** At any free ports, and without a canary, which would look at them in real time. */
    private static String quiet(String text) {
        return text.replaceAll("port: (8443|8080|9443)", "port: 0")
                .replaceAll("(?s)\ncanary:\n  interval: PT15M\n", "\n");
    }

    private static void write(Path file, String text) {
        Home.writeClosed(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
