package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.IssuerSettings;
import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.config.SettingsReader;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.hsm.VaultListener;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code nameplate ceremony root}: the next key of a root, before witnesses, with the server down. Cut off anywhere and run again,
 * it goes on with what is there.
 */
@Command(
        name = "root",
        description =
                "Makes a root's next key before witnesses, joins it to the one before, and ends in a signed record. Cut"
                        + " off, the same command goes on.")
final class RootCeremonyCommand implements Callable<Integer> {
    private final Nameplate root;
    private final InstantSource clock;
    private final String version;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--issuer", defaultValue = "root", description = "The root. Default: ${DEFAULT-VALUE}.")
    private String issuer = "root";

    @Option(
            names = "--first",
            description =
                    "The first root of a home that `nameplate init --settings-only` made, and the issuers below it; with a root"
                            + " elsewhere, these issuers alone.")
    private boolean first;

    @Option(names = "--present", paramLabel = "NAME", description = "An operator who is here. Given once for each.")
    private List<String> operators = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Where certificates, transcript and record go.")
    private @Nullable Path out;

    @Option(names = "--script", description = "Only prints the script, to be read beforehand.")
    private boolean scriptOnly;

    @Option(names = "--yes", description = "Does every step without asking.")
    private boolean unasked;

    RootCeremonyCommand(Nameplate root, InstantSource clock, String version) {
        this.root = root;
        this.clock = clock;
        this.version = version;
    }

    @Override
    public Integer call() {
        return Faults.inWords((Supplier<ExitCode>) this::run).value();
    }

    private ExitCode run() {
        if (spec == null) {
            throw new IllegalStateException("the command line is not assembled");
        }
        var screen = spec.commandLine().getOut();
        if (scriptOnly) {
            script().forEach(screen::println);
            screen.flush();
            return ExitCode.DONE;
        }
        if (operators.size() < 2 || out == null) {
            throw CommandFailedException.wrongUsage(
                    "a ceremony takes --out and at least two --present: one who does, one who watches");
        }
        var means = new Core.Means(new Home(root.home()), clock, new SecureRandom());
        try (Core core = Core.open(means, SettingsReader.read(means.home()), VaultListener.SILENT)) {
            var hall = new Ceremony.Hall(screen, unasked ? Optional.empty() : Optional.of(ears()));
            var ceremony =
                    new RootCeremony(core, new Ceremony(operators, out, clock, hall), new IssuerName(issuer), version);
            if (first && RootCeremony.isElsewhere(core)) {
                ceremony.elsewhere();
            } else if (first) {
                ceremony.first();
            } else {
                ceremony.next();
            }
        }
        return ExitCode.DONE;
    }

    private List<String> script() {
        if (!first) {
            return CeremonyScript.NEXT;
        }
        Home home = new Home(root.home());
        return SettingsReader.read(home).issuers().stream()
                        .anyMatch(issuer -> issuer.origin() instanceof IssuerSettings.Origin.Elsewhere)
                ? CeremonyScript.ELSEWHERE
                : CeremonyScript.FIRST;
    }

    private static BufferedReader ears() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
}
