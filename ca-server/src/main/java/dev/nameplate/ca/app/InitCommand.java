package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.config.HomeSettings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code nameplate init}: a home, a token, the root and the issuing CAs in it, the first operator. */
@Command(
        name = "init",
        description =
                "Makes a home with its CA keys in a token. Run again after it was cut off, it goes on where it was.")
final class InitCommand implements Callable<Integer> {
    private static final List<Path> SOFTHSM = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
            Path.of("/usr/lib64/libsofthsm2.so"),
            Path.of("/opt/homebrew/lib/softhsm/libsofthsm2.so"));

    private final Nameplate root;
    private final InstantSource clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--name",
            defaultValue = "Nameplate",
            description = "Stands in the CA's names. Default: ${DEFAULT-VALUE}.")
    private String name = "Nameplate";

    @Option(
            names = "--host",
            split = ",",
            defaultValue = "localhost,127.0.0.1",
            description = "What devices dial: names and addresses. Default: ${DEFAULT-VALUE}.")
    private List<String> hosts = List.of();

    @Option(names = "--port-offset", defaultValue = "0", description = "Added to the ports 8443, 8080 and 9443.")
    private int portOffset;

    @Option(names = "--token-module", paramLabel = "FILE", description = "The PKCS#11 library. Default: SoftHSM's.")
    private @Nullable Path module;

    @Option(names = "--token-label", defaultValue = "nameplate", description = "The token. Default: ${DEFAULT-VALUE}.")
    private String label = "nameplate";

    @Option(
            names = "--pin-file",
            paramLabel = "FILE",
            description = "The token's user PIN. Without it, a token is made and its PIN kept in secrets/.")
    private @Nullable Path pinFile;

    @Option(names = "--database-url", paramLabel = "URL", description = "A PostgreSQL. Default: an embedded database.")
    private @Nullable String databaseUrl;

    @Option(names = "--database-user", paramLabel = "NAME")
    private @Nullable String databaseUser;

    @Option(names = "--database-password-file", paramLabel = "FILE")
    private @Nullable Path databasePasswordFile;

    @Option(
            names = "--external-root",
            description = "The issuers are signed by a CA elsewhere: see `issuer csr` and `issuer import`.")
    private boolean externalRoot;

    @Option(
            names = "--settings-only",
            description =
                    "Makes no keys yet: they are made by the next `init`, or before witnesses by `ceremony root --first`.")
    private boolean settingsOnly;

    InitCommand(Nameplate root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        return Faults.inWords(this::init).value();
    }

    private ExitCode init() {
        Home home = new Home(root.home());
        SecureRandom random = new SecureRandom();
        home.create();
        if (!Files.exists(home.settings())) {
            writeSettings(home, random);
        }
        if (settingsOnly) {
            tellSettings(home);
            return ExitCode.DONE;
        }
        tell(home, Foundation.lay(new Core.Means(home, clock, random)));
        return ExitCode.DONE;
    }

    private void writeSettings(Home home, SecureRandom random) {
        Path library = library();
        Path pin = pinFile == null ? new TokenMaking(home, random).make(library, label) : pinFile.toAbsolutePath();
        String text =
                new HomeSettings(name, portOffset, hosts, token(home, library, pin), database(), rootPlace()).text();
        Home.writeClosed(home.settings(), text.getBytes(StandardCharsets.UTF_8));
    }

    private HomeSettings.Root rootPlace() {
        return externalRoot ? HomeSettings.Root.EXTERNAL : HomeSettings.Root.OWN;
    }

    private HomeSettings.Token token(Home home, Path library, Path pin) {
        String file = pin.startsWith(home.directory())
                ? home.directory().relativize(pin).toString()
                : pin.toString();
        return new HomeSettings.Token(library.toString(), label, file);
    }

    private Optional<HomeSettings.Postgres> database() {
        if (databaseUrl == null) {
            return Optional.empty();
        }
        if (databaseUser == null) {
            throw CommandFailedException.refused("--database-url needs --database-user");
        }
        return Optional.of(new HomeSettings.Postgres(
                databaseUrl,
                databaseUser,
                Optional.ofNullable(databasePasswordFile)
                        .map(file -> file.toAbsolutePath().toString())));
    }

    private Path library() {
        if (module != null) {
            return module.toAbsolutePath();
        }
        return SOFTHSM.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> CommandFailedException.fault(
                        "no SoftHSM library is here; install it (Debian: apt-get install softhsm2) or name a PKCS#11"
                                + " library with --token-module"));
    }

    private void tellSettings(Home home) {
        if (spec == null) {
            throw new IllegalStateException("the command line is not assembled");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (root.json()) {
            out.println(JsonMapper.shared()
                    .writeValueAsString(Map.of("home", home.directory().toString(), "issuers", List.of())));
        } else {
            out.println("home:      " + home.directory());
            out.println("settings:  " + home.settings());
            out.println("next:      nameplate ceremony root --first, or nameplate init");
        }
        out.flush();
    }

    private void tell(Home home, List<IssuerRecord> issuers) {
        if (spec == null) {
            throw new IllegalStateException("the command line is not assembled");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (root.json()) {
            out.println(JsonMapper.shared()
                    .writeValueAsString(Map.of(
                            "home", home.directory().toString(),
                            "issuers", issuers.stream().map(InitCommand::facts).toList())));
        } else {
            out.println("home:      " + home.directory());
            issuers.forEach(issuer -> out.println("issuer:    " + line(issuer)));
            tellNext(home, out);
        }
        out.flush();
    }

    /** Trust and the first operator come with the certificate of the issuer above them. */
    private static void tellNext(Home home, PrintWriter out) {
        Path operator = home.operators().resolve("admin.pem");
        if (Files.exists(operator)) {
            out.println("trust:     " + home.trust());
            out.println("operator:  " + operator);
            out.println("next:      nameplate serve --home " + home.directory());
        } else {
            out.println(
                    "next:      the first operator comes with the issuers' certificates; then nameplate serve --home "
                            + home.directory());
        }
    }

    private static Map<String, String> facts(IssuerRecord issuer) {
        return Map.of(
                "generation", issuer.generation().toString(),
                "state", issuer.state().name().toLowerCase(Locale.ROOT),
                "key", issuer.keyUri());
    }

    private static String line(IssuerRecord issuer) {
        if (issuer.chain().isEmpty()) {
            return issuer.generation() + " waits for its certificate: nameplate issuer csr "
                    + issuer.generation().issuer();
        }
        var certificate = issuer.chain().getFirst().parsed();
        return issuer.generation() + "  " + certificate.getSubject() + "  until "
                + certificate.getNotAfter().toInstant() + "  " + issuer.keyUri();
    }
}
