package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.ExternalIssuers;
import dev.nameplate.ca.authority.IssuerSettings;
import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.config.SettingsReader;
import dev.nameplate.ca.edge.http.Answers;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.hsm.VaultListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nameplate issuer csr}: works on the home, with the server down. */
@Command(name = "csr", description = "Writes the request for an issuer whose certificate comes from a CA elsewhere.")
final class IssuerRequestCommand implements Callable<Integer> {
    private final Nameplate root;
    private final InstantSource clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The issuer's name in the settings.")
    private String name = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Where the request goes, as PEM. Default: the screen.")
    private @Nullable Path out;

    IssuerRequestCommand(Nameplate root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        return Faults.inWords(this::run).value();
    }

    private ExitCode run() {
        var means = new Core.Means(new Home(root.home()), clock, new SecureRandom());
        try (Core core = Core.open(means, SettingsReader.read(means.home()), VaultListener.SILENT)) {
            var external = new ExternalIssuers(core.vault(), core.records().issuers(), clock);
            switch (external.request(settings(core))) {
                case ExternalIssuers.RequestOutcome.Made(var der) ->
                    show(PemFiles.pem(new PemObject("CERTIFICATE REQUEST", der)));
                case ExternalIssuers.RequestOutcome.Refused(var refusal) ->
                    throw CommandFailedException.refused(
                            new Answers(means.random()).to(refusal).text());
            }
            return ExitCode.DONE;
        }
    }

    private IssuerSettings settings(Core core) {
        IssuerName wanted = new IssuerName(name);
        return core.settings().issuers().stream()
                .filter(issuer -> issuer.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> CommandFailedException.refused("there is no issuer " + name + " in the settings"));
    }

    private void show(String pem) {
        if (spec == null) {
            throw new IllegalStateException("the command line is not assembled");
        }
        try {
            if (out == null) {
                spec.commandLine().getOut().print(pem);
                spec.commandLine().getOut().flush();
            } else {
                Files.writeString(out, pem);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(out + " cannot be written: " + e.getMessage(), e);
        }
    }
}
