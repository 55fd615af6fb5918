package dev.nameplate.ca.app;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.ExternalIssuers;
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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nameplate issuer import}: works on the home, with the server down. */
@Command(name = "import", description = "Takes the certificate and chain that a CA elsewhere made for an issuer.")
final class IssuerImportCommand implements Callable<Integer> {
    private final Nameplate root;
    private final InstantSource clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The issuer's name in the settings.")
    private String name = "";

    @Option(
            names = "--chain",
            required = true,
            paramLabel = "FILE",
            description = "PEM: the issuer's certificate first, its root last.")
    private Path chain = Path.of("");

    IssuerImportCommand(Nameplate root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        return Faults.inWords(this::run).value();
    }

    private ExitCode run() {
        var means = new Core.Means(new Home(root.home()), clock, new SecureRandom());
        List<CertificateDer> certificates =
                PemFiles.certificates(chain).stream().map(CertificateDer::of).toList();
        try (Core core = Core.open(means, SettingsReader.read(means.home()), VaultListener.SILENT)) {
            var external = new ExternalIssuers(core.vault(), core.records().issuers(), clock);
            if (external.importChain(new IssuerName(name), certificates, Cause.SYSTEM)
                    instanceof ExternalIssuers.ImportOutcome.Refused(var refusal)) {
                throw CommandFailedException.refused(
                        new Answers(means.random()).to(refusal).text());
            }
        }
        Foundation.lay(means);
        tell("issuer " + name + " is active");
        return ExitCode.DONE;
    }

    private void tell(String line) {
        if (spec == null) {
            throw new IllegalStateException("the command line is not assembled");
        }
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
