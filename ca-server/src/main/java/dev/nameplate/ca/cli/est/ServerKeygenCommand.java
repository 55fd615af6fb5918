package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.config.Home;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.DeliveredKey;
import dev.nameplate.est.Pkcs10;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.io.pem.PemObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nameplate est serverkeygen}. */
@Command(
        name = "serverkeygen",
        description = "Has the server make a key and certify it. With --decrypt-cert or --decrypt-secret the key comes"
                + " sealed and is opened.")
final class ServerKeygenCommand extends EstCommand {
    @Mixin
    private final Credentials who = new Credentials();

    @Option(
            names = "--request-key",
            required = true,
            paramLabel = "FILE",
            description =
                    "A key that signs the request and is not certified; made if there is no such file. The same file"
                            + " again asks for the same delivery.")
    private Path requestKey = Path.of("");

    @Mixin
    private final DecryptOptions decryption = new DecryptOptions();

    @Option(
            names = "--key-out",
            required = true,
            paramLabel = "FILE",
            description = "Where the private key goes, as PKCS#8 in PEM, readable for its owner alone.")
    private Path keyOut = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the certificate goes, as PEM.")
    private Path out = Path.of("");

    @Option(names = "--force", description = "Writes --key-out over a key that is there.")
    private boolean force;

    ServerKeygenCommand(Nameplate root, DeviceDoors doors, InstantSource clock) {
        super(root, doors, clock);
    }

    @Override
    ExitCode run() throws IOException {
        if (Files.exists(keyOut) && !force) {
            throw CommandFailedException.refused(
                    keyOut + " is there already; name another place, or have it written over with --force");
        }
        CsrBuilder csr = CsrBuilder.forKey(DeviceKeys.readOrMake(requestKey, DeviceKeys.Kind.EC_P256))
                .subject(who.name());
        decryption.addTo(csr);
        Pkcs10 request = csr.build();
        try (EstClient client = client(who.identity(keys()))) {
            DeliveredKey delivered = awaited(() -> client.serverKeygen(request, who.basic()));
            byte[] pem = PemFiles.pem(new PemObject("PRIVATE KEY", decryption.open(delivered)))
                    .getBytes(StandardCharsets.US_ASCII);
            Home.writeClosed(keyOut.toAbsolutePath(), pem);
            return deliver(List.of(delivered.certificate()), Optional.of(out));
        }
    }
}
