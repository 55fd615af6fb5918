package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.tls.TlsIdentity.ClientKey;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.Pkcs10;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code nameplate est}. */
public final class EstCommands {
    private EstCommands() {}

    public static CommandLine of(Nameplate root, DeviceDoors doors, InstantSource clock) {
        CommandSpec spec = CommandSpec.create().name("est");
        spec.usageMessage().description("An EST client, for devices' scripts and for trying any EST server.");
        return new CommandLine(spec)
                .addSubcommand(new CaCerts(root, doors, clock))
                .addSubcommand(new Enroll(root, doors, clock))
                .addSubcommand(new Reenroll(root, doors, clock))
                .addSubcommand(new AttributesCommand(root, doors, clock))
                .addSubcommand(new ServerKeygenCommand(root, doors, clock));
    }

    @Command(name = "cacerts", description = "Fetches the CA certificates.")
    static final class CaCerts extends EstCommand {
        @Option(names = "--out", paramLabel = "FILE", description = "Where they go, as PEM. Default: the screen.")
        private @Nullable Path out;

        CaCerts(Nameplate root, DeviceDoors doors, InstantSource clock) {
            super(root, doors, clock);
        }

        @Override
        ExitCode run() throws IOException {
            try (EstClient client = client(Optional.empty())) {
                return deliver(given(client.caCerts()), Optional.ofNullable(out));
            }
        }
    }

    /** What enrolment and re-enrolment have in common. */
    abstract static class Enrolment extends EstCommand {
        @Option(
                names = "--key-algorithm",
                defaultValue = "ec-p256",
                description = "For a new key: ec-p256, ec-p384, rsa-3072, ed25519. Default: ${DEFAULT-VALUE}.")
        private String kind = "ec-p256";

        @Option(
                names = "--out",
                required = true,
                paramLabel = "FILE",
                description = "Where the certificate goes, as PEM.")
        private Path out = Path.of("");

        Enrolment(Nameplate root, DeviceDoors doors, InstantSource clock) {
            super(root, doors, clock);
        }

        final Path out() {
            return out;
        }

        final KeyPair key(Path file) {
            for (DeviceKeys.Kind known : DeviceKeys.Kind.values()) {
                if (known.toString().equals(kind)) {
                    return DeviceKeys.readOrMake(file, known);
                }
            }
            throw CommandFailedException.refused("--key-algorithm is not one of ec-p256, ec-p384, rsa-3072, ed25519");
        }
    }

    @Command(
            name = "enroll",
            description =
                    "Enrols, with a one-time code or with a certificate. The same command again gets the same certificate.")
    static final class Enroll extends Enrolment {
        @Mixin
        private final Credentials who = new Credentials();

        @Option(
                names = "--key",
                required = true,
                paramLabel = "FILE",
                description = "The key to be certified, as PEM; made if there is no such file.")
        private Path key = Path.of("");

        @Option(names = "--subject", paramLabel = "DN", description = "As in CN=sensor-17. Default: CN and the --user.")
        private @Nullable String subject;

        Enroll(Nameplate root, DeviceDoors doors, InstantSource clock) {
            super(root, doors, clock);
        }

        @Override
        ExitCode run() throws IOException {
            Pkcs10 csr = CsrBuilder.forKey(key(key)).subject(name()).build();
            try (EstClient client = client(who.identity())) {
                return deliver(given(client.enroll(csr, who.basic())), Optional.of(out()));
            }
        }

        private X500Name name() {
            if (subject != null) {
                return new X500Name(subject);
            }
            return who.name();
        }
    }

    @Command(
            name = "reenroll",
            description = "Renews the certificate it authenticates with, for a new key or the same one.")
    static final class Reenroll extends Enrolment {
        @Option(
                names = "--cert",
                required = true,
                paramLabel = "FILE",
                description = "The certificate to renew, as PEM.")
        private Path certificate = Path.of("");

        @Option(names = "--key", required = true, paramLabel = "FILE", description = "The key of --cert.")
        private Path key = Path.of("");

        @Option(
                names = "--new-key",
                paramLabel = "FILE",
                description = "The key to be certified; made if there is no such file. Default: the same key.")
        private @Nullable Path newKey;

        Reenroll(Nameplate root, DeviceDoors doors, InstantSource clock) {
            super(root, doors, clock);
        }

        @Override
        ExitCode run() throws IOException {
            ClientKey identity = ClientKey.read(certificate, key);
            Pkcs10 csr = CsrBuilder.forKey(key(newKey == null ? key : newKey))
                    .renewalOf(identity.chain().getFirst())
                    .build();
            try (EstClient client = client(Optional.of(identity))) {
                return deliver(given(client.reenroll(csr)), Optional.of(out()));
            }
        }
    }
}
