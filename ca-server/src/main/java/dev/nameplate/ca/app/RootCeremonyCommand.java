package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.Rotation;
import dev.nameplate.ca.authority.RotationOutcome;
import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.config.SettingsReader;
import dev.nameplate.ca.edge.http.Answers;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.hsm.VaultListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
                "Makes a root's next key before witnesses, joins it to the one before, and ends in a signed record.")
final class RootCeremonyCommand implements Callable<Integer> {
    private final Nameplate root;
    private final InstantSource clock;
    private final String version;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--issuer", defaultValue = "root", description = "The root. Default: ${DEFAULT-VALUE}.")
    private String issuer = "root";

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
            CeremonyScript.ROOT.forEach(screen::println);
            screen.flush();
            return ExitCode.DONE;
        }
        if (operators.size() < 2 || out == null) {
            throw CommandFailedException.wrongUsage(
                    "a ceremony takes --out and at least two --present: one who does, one who watches");
        }
        var means = new Core.Means(new Home(root.home()), clock, new SecureRandom());
        try (Core core = Core.open(means, SettingsReader.read(means.home()), VaultListener.SILENT)) {
            Ceremony ceremony = new Ceremony(operators, out, clock, screen, unasked);
            perform(core, ceremony);
        }
        return ExitCode.DONE;
    }

    private void perform(Core core, Ceremony ceremony) {
        ceremony.step(
                CeremonyScript.ROOT.get(0),
                () -> ceremony.input("nameplate.yaml", core.means().home().settings())
                        .fact("program", version));
        ceremony.step(CeremonyScript.ROOT.get(1), () -> {
            ceremony.input("token module", core.settings().tokens().usual().module());
            ceremony.token(core.batchKeys().token());
        });
        Rotation rotation = Generations.rotation(core);
        ceremony.step(CeremonyScript.ROOT.get(2), () -> {
            IssuerRecord made = prepared(core, rotation, ceremony);
            ceremony.fact("generation", made.generation().toString())
                    .fact("key", made.keyUri())
                    .fact("public-key", made.chain().getFirst().keyHash().toString());
        });
        ceremony.step(CeremonyScript.ROOT.get(3), () -> {
            IssuerRecord made = newest(core);
            done(rotation.publish(made.generation(), List.of(), ceremony.cause()), core);
        });
        ceremony.step(CeremonyScript.ROOT.get(4), () -> {
            IssuerRecord made = newest(core);
            ceremony.output("root.pem", pem(made.chain())).output("links.pem", pem(made.links()));
        });
        core.authorities().reload();
        ceremony.end(new AuditKeys(core, OwnKey.Watch.NOBODY).statements());
    }

    /** What an earlier run made is taken over. */
    private IssuerRecord prepared(Core core, Rotation rotation, Ceremony ceremony) {
        IssuerRecord newest = newest(core);
        return newest.state() == IssuerRecord.State.PUBLISHED
                ? newest
                : done(rotation.prepare(new IssuerName(issuer), ceremony.cause()), core);
    }

    private IssuerRecord newest(Core core) {
        return core.records().issuers().list().stream()
                .filter(record -> record.generation().issuer().value().equals(issuer))
                .max(Comparator.comparingInt(record -> record.generation().number()))
                .orElseThrow(() -> CommandFailedException.refused(
                        "there is no root " + issuer + " yet; `nameplate init` makes the first"));
    }

    private static IssuerRecord done(RotationOutcome outcome, Core core) {
        return switch (outcome) {
            case RotationOutcome.Done(var record) -> record;
            case RotationOutcome.Refused(var refusal) ->
                throw CommandFailedException.refused(
                        new Answers(core.means().random()).to(refusal).text());
        };
    }

    private static byte[] pem(List<CertificateDer> certificates) {
        return certificates.stream()
                .map(certificate -> PemFiles.pem(certificate.parsed()))
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
    }
}
