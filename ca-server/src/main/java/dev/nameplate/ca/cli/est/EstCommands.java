package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.tls.HeldKey;
import dev.nameplate.ca.cli.tls.TlsIdentity.ClientKey;
import dev.nameplate.est.Pkcs10;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

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
                .addSubcommand(new ServerKeygenCommand(root, doors, clock))
                .addSubcommand(new FullCmcCommand(root, doors, clock))
                .addSubcommand(new RenewalInfoCommand(root, doors, clock));
    }

    @Command(name = "cacerts", description = "Fetches the CA certificates.")
    static final class CaCerts extends EstCommand {
        @Option(names = "--out", paramLabel = "FILE", description = "Where they go, as PEM. Default: the screen.")
        private @Nullable Path out;

        CaCerts(Nameplate root, DeviceDoors doors, InstantSource clock) {
            super(root, doors, clock);
        }

        @Option(
                names = "--bootstrap",
                description =
                        "Believes nothing: shows the server's roots with their fingerprints, to be compared with what is"
                                + " known from elsewhere and then named with --fingerprint.")
        private boolean bootstrap;

        @Override
        ExitCode run() throws IOException {
            if (bootstrap) {
                return showRoots();
            }
            try (EstClient client = client(Optional.empty())) {
                return deliver(awaited(client::caCerts), Optional.ofNullable(out));
            }
        }

        private ExitCode showRoots() throws IOException {
            try (EstClient client = unverifiedClient()) {
                List<Map<String, String>> roots = awaited(client::caCerts).stream()
                        .filter(Fingerprints::isRoot)
                        .map(root -> Map.of(
                                "subject", root.getSubject().toString(),
                                "sha256", Fingerprints.of(root).toString()))
                        .toList();
                if (json()) {
                    screen().println(JsonMapper.shared().writeValueAsString(roots));
                } else {
                    roots.forEach(root -> screen().println(root.get("sha256") + "  " + root.get("subject")));
                }
                screen().flush();
                return ExitCode.DONE;
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

        final HeldKey key(String name) {
            return keys().keyOrNew(name, DeviceKeys.Kind.parse(kind));
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
                paramLabel = "KEY",
                description = "The key to be certified: a PEM file, or pkcs11:...; made if it is not there.")
        private String key = "";

        @Option(names = "--subject", paramLabel = "DN", description = "As in CN=sensor-17. Default: CN and the --user.")
        private @Nullable String subject;

        Enroll(Nameplate root, DeviceDoors doors, InstantSource clock) {
            super(root, doors, clock);
        }

        @Override
        ExitCode run() throws IOException {
            Optional<ClientKey> identity = who.identity(keys());
            Pkcs10 csr = key(key).request().subject(name()).build();
            try (EstClient client = client(identity)) {
                return deliver(awaited(() -> client.enroll(csr, who.basic())), Optional.of(out()));
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

        @Option(
                names = "--key",
                required = true,
                paramLabel = "KEY",
                description = "The key of --cert: a PEM file, or pkcs11:...")
        private String key = "";

        @Option(
                names = "--new-key",
                paramLabel = "KEY",
                description = "The key to be certified; made if it is not there. Default: the same key.")
        private @Nullable String newKey;

        Reenroll(Nameplate root, DeviceDoors doors, InstantSource clock) {
            super(root, doors, clock);
        }

        @Override
        ExitCode run() throws IOException {
            ClientKey identity = keys().identity(certificate, key);
            Pkcs10 csr = (newKey == null ? keys().key(key) : key(newKey))
                    .request()
                    .renewalOf(identity.chain().getFirst())
                    .build();
            try (EstClient client = client(Optional.of(identity))) {
                return deliver(awaited(() -> client.reenroll(csr)), Optional.of(out()));
            }
        }
    }
}
