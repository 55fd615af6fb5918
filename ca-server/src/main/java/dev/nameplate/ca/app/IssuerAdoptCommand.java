package dev.nameplate.ca.app;

import dev.nameplate.ca.adoption.AdoptedHistory.Added;
import dev.nameplate.ca.adoption.Adoption;
import dev.nameplate.ca.adoption.Sources;
import dev.nameplate.ca.adoption.Tally;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.AdoptableIssuers;
import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.config.SettingsReader;
import dev.nameplate.ca.device.IdentityField;
import dev.nameplate.ca.edge.http.Answers;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.store.JooqAdoptedHistory;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.VaultListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code nameplate issuer adopt}: works on the home, with the server down. */
@Command(
        name = "adopt",
        description = "Takes over an issuer of another CA, whose key is in a token already, with what it issued and"
                + " revoked. Everything is checked before anything changes. Cut off, the same command goes on.")
final class IssuerAdoptCommand implements Callable<Integer> {
    private final Nameplate root;
    private final InstantSource clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The issuer's name in the settings.")
    private String name = "";

    @Option(
            names = "--key",
            required = true,
            paramLabel = "URI",
            description = "Its private key: pkcs11:token=...;object=...;id=...")
    private String key = "";

    @Option(
            names = "--chain",
            required = true,
            paramLabel = "FILE",
            description =
                    "PEM: the issuer's certificate first, its root last; a root that is known here may be left out.")
    private Path chain = Path.of("");

    @Option(
            names = "--certificates",
            paramLabel = "PATH",
            description =
                    "What it issued: a file with certificates (PEM or DER), or a directory of such. May be repeated.")
    private List<Path> certificates = new ArrayList<>();

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description =
                    "What it issued, a line each: CSV with the columns serial (or serial-decimal, or certificate),"
                            + " not-after, subject, status, revoked-at, reason; or an index.txt of openssl ca. May be repeated.")
    private List<Path> tables = new ArrayList<>();

    @Option(
            names = "--crl",
            paramLabel = "FILE",
            description = "Its last CRL (DER or PEM): numbers go on above its number. May be repeated.")
    private List<Path> crls = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "The profile by which the certificates are renewed. Default: the only one of this issuer.")
    private @Nullable String profile;

    @Option(
            names = "--device-in",
            paramLabel = "FIELD",
            defaultValue = "common-name",
            description = "Where a subject says which device it is: common-name or serial-number. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String deviceIn = "common-name";

    @Option(names = "--register", description = "Registers the devices of the certificates.")
    private boolean register;

    @Option(names = "--dry-run", description = "Checks everything and changes nothing.")
    private boolean dryRun;

    IssuerAdoptCommand(Nameplate root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        return Faults.inWords(this::run).value();
    }

    private ExitCode run() {
        var means = new Core.Means(new Home(root.home()), clock, new SecureRandom());
        Adoption.Outcome outcome;
        try (Core core = Core.open(means, SettingsReader.read(means.home()), VaultListener.SILENT);
                AdoptionBar bar = new AdoptionBar(screen().commandLine().getErr(), root.json())) {
            var issuers = new AdoptableIssuers(
                    core.vault(), core.records().issuers(), core.settings().issuers(), clock, means.random());
            var adoption = new Adoption(
                    issuers,
                    new JooqAdoptedHistory(core.records().database(), clock),
                    core.records().ledger()::claimKey,
                    clock);
            Adoption.Wish wish = wish(core);
            outcome = dryRun ? adoption.look(wish, bar) : adoption.adopt(wish, bar, Cause.SYSTEM);
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be read: " + e.getMessage(), e);
        }
        return switch (outcome) {
            case Adoption.Outcome.Possible(var findings) -> done(findings, Optional.empty());
            case Adoption.Outcome.Adopted(var findings, var added) -> {
                Foundation.lay(means);
                yield done(findings, Optional.of(added));
            }
            case Adoption.Outcome.Contradictory(var problems) ->
                throw CommandFailedException.refused("nothing was taken over:\n  " + String.join("\n  ", problems));
            case Adoption.Outcome.Refused(var refusal) ->
                throw CommandFailedException.refused(
                        new Answers(means.random()).to(refusal).text());
        };
    }

    private Adoption.Wish wish(Core core) {
        try {
            return new Adoption.Wish(
                    new IssuerName(name),
                    KeyUri.parse(key),
                    PemFiles.certificates(chain).stream()
                            .map(CertificateDer::of)
                            .toList(),
                    new Sources(certificates, tables, crls),
                    IdentityField.parse(deviceIn),
                    profile(core),
                    register);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.refused(String.valueOf(e.getMessage()));
        }
    }

    private Optional<ProfileName> profile(Core core) {
        List<ProfileName> of = core.settings().profiles().all().stream()
                .filter(one -> one.issuer().value().equals(name))
                .map(Profile::name)
                .filter(one -> profile == null || one.value().equals(profile))
                .toList();
        if (profile != null && of.isEmpty()) {
            throw CommandFailedException.refused("profiles." + profile + " is not there, or its issuer is not " + name);
        }
        return of.size() == 1 ? Optional.of(of.getFirst()) : Optional.empty();
    }

    private ExitCode done(Adoption.Findings findings, Optional<Added> added) {
        PrintWriter out = screen().commandLine().getOut();
        if (root.json()) {
            out.println(JsonMapper.shared().writeValueAsString(json(findings, added)));
        } else {
            lines(findings, added).forEach(out::println);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private List<String> lines(Adoption.Findings findings, Optional<Added> added) {
        Tally tally = findings.tally();
        List<String> lines = new ArrayList<>();
        lines.add("issuer " + findings.issuer().generation() + " "
                + findings.issuer().chain().getFirst().parsed().getSubject() + ", key "
                + findings.issuer().keyUri()
                + (findings.kept() ? "" : " (the token does not say that it never could leave it)"));
        lines.add(tally.certificates() + " certificates, " + tally.nameless() + " of them without a device's name; "
                + tally.serials() + " by their serial alone; " + tally.revoked() + " revoked, " + tally.held()
                + " held");
        lines.add(findings.crlNumber()
                .map(number -> "CRL numbers go on above " + number)
                .orElse("no CRL number is known: they begin with 1"));
        lines.add(added.map(IssuerAdoptCommand::line)
                .orElse(
                        findings.adopted()
                                ? "it is adopted already; without --dry-run, what is missing of its history is added"
                                : "nothing was changed; without --dry-run it is taken over"));
        return lines;
    }

    private static String line(Added added) {
        return "taken over now: " + added.certificates() + " certificates, " + added.serials() + " serials, "
                + added.changed() + " revocations, " + added.devices() + " devices registered"
                + (added.foreignKeys() == 0
                        ? ""
                        : "; " + added.foreignKeys() + " certificates have the key of another device");
    }

    private static Map<String, Object> json(Adoption.Findings findings, Optional<Added> added) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("generation", findings.issuer().generation().toString());
        all.put("key", findings.issuer().keyUri());
        all.put("neverExtractable", findings.kept());
        all.put("found", findings.tally());
        findings.crlNumber().ifPresent(number -> all.put("crlNumber", number));
        added.ifPresent(now -> all.put("added", now));
        return all;
    }

    private CommandSpec screen() {
        if (spec == null) {
            throw new IllegalStateException("the command line is not assembled");
        }
        return spec;
    }
}
