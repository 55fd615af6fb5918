package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.config.Home;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.DeliveredKey;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.est.OpenedKey;
import dev.nameplate.est.Pkcs10;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nameplate est serverkeygen}. */
@Command(
        name = "serverkeygen",
        description =
                "Has the server make a key and certify it. With --decrypt-cert the key comes sealed and is opened.")
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

    @Option(
            names = "--decrypt-cert",
            paramLabel = "FILE",
            description = "A certificate of the device, as PEM: the key comes sealed to it.")
    private @Nullable Path decryptCertificate;

    @Option(names = "--decrypt-key", paramLabel = "FILE", description = "The key of --decrypt-cert.")
    private @Nullable Path decryptKey;

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
        if ((decryptCertificate == null) != (decryptKey == null)) {
            throw CommandFailedException.wrongUsage("--decrypt-cert and --decrypt-key go together");
        }
        if (Files.exists(keyOut) && !force) {
            throw CommandFailedException.refused(
                    keyOut + " is there already; name another place, or have it written over with --force");
        }
        CsrBuilder csr = CsrBuilder.forKey(DeviceKeys.readOrMake(requestKey, DeviceKeys.Kind.EC_P256))
                .subject(who.name());
        if (decryptCertificate != null) {
            csr.decryptingWith(PemFiles.certificates(decryptCertificate).getFirst());
        }
        Pkcs10 request = csr.build();
        try (EstClient client = client(who.identity(keys()))) {
            DeliveredKey delivered = awaited(() -> client.serverKeygen(request, who.basic()));
            byte[] pem =
                    PemFiles.pem(new PemObject("PRIVATE KEY", pkcs8(delivered))).getBytes(StandardCharsets.US_ASCII);
            Home.writeClosed(keyOut.toAbsolutePath(), pem);
            return deliver(List.of(delivered.certificate()), Optional.of(out));
        }
    }

    private byte[] pkcs8(DeliveredKey delivered) throws IOException {
        if (delivered.sealed() != (decryptKey != null)) {
            throw new IOException("the key came " + (delivered.sealed() ? "sealed" : "in the clear")
                    + ", which is not what was asked for");
        }
        if (decryptKey == null) {
            return delivered.key();
        }
        try {
            return OpenedKey.open(delivered.key(), PemFiles.keyPair(decryptKey).getPrivate())
                    .pkcs8();
        } catch (MalformedMessageException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
