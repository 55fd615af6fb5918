package dev.nameplate.ca.cli;

import dev.nameplate.ca.pki.OperatorName;
import java.security.SecureRandom;
import java.util.Map;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code nameplate operator renew}. */
@Command(
        name = "renew",
        description =
                "Renews the certificate of whoever calls (--operator), with a new key that is made here. The files are"
                        + " replaced when the new certificate is here; the old one stays good until it ends.")
final class RenewOperator extends ClientCommand {
    RenewOperator(Nameplate root) {
        super(root);
    }

    @Override
    ExitCode run(OperatorDoor door, Screen screen) {
        OperatorName name = new OperatorName(root().operator());
        OperatorKey key = OperatorKey.generate(name);
        JsonNode renewed = door.post("/api/v1/own/certificates", Map.of("csr", key.requestPem()));
        IdentityFiles files = new IdentityFiles(root().home().resolve("operators"), name);
        files.replace(key.key(), OperatorCommands.chain(renewed), new SecureRandom());
        screen.done("renewed operator " + name + "; wrote " + files.pem() + " and " + files.p12(), renewed);
        return ExitCode.DONE;
    }
}
