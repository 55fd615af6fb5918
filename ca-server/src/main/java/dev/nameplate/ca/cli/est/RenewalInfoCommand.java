package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code nameplate est renewalinfo}. */
@Command(
        name = "renewalinfo",
        description = "Shows when the server wants a certificate to be renewed, and why if an operator said so.")
final class RenewalInfoCommand extends EstCommand {
    @Option(names = "--cert", required = true, paramLabel = "FILE", description = "The certificate, as PEM.")
    private Path certificate = Path.of("");

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEY",
            description = "The key of --cert: a PEM file, or pkcs11:...")
    private String key = "";

    private final InstantSource clock;

    RenewalInfoCommand(Nameplate root, DeviceDoors doors, InstantSource clock) {
        super(root, doors, clock);
        this.clock = clock;
    }

    @Override
    ExitCode run() throws IOException {
        try (EstClient client = client(Optional.of(keys().identity(certificate, key)))) {
            show(awaited(client::renewalInfo));
        }
        return ExitCode.DONE;
    }

    private void show(RenewalAdvice advice) {
        PrintWriter out = screen();
        if (json()) {
            out.println(JsonMapper.shared().writeValueAsString(advice.facts(clock.instant())));
        } else {
            out.println((advice.isDue(clock.instant()) ? "due: " : "") + "renew between " + advice.start() + " and "
                    + advice.end());
            advice.reason().ifPresent(reason -> out.println("because " + reason));
            advice.explanation().ifPresent(url -> out.println("more at " + url));
            advice.askAgain().ifPresent(wait -> out.println("ask again in " + wait.toSeconds() + " s"));
        }
        out.flush();
    }
}
