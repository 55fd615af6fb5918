package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.ExternalIssuers;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.IssuerSettings;
import dev.nameplate.ca.authority.Rotation;
import dev.nameplate.ca.authority.RotationOutcome;
import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.edge.http.Answers;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.hsm.pkcs11.Pkcs11Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.util.io.pem.PemObject;

/** The first key of a root, or its next one, step by step. Each step does nothing twice: what an earlier run made is taken over. */
final class RootCeremony {
    private final Core core;
    private final Ceremony ceremony;
    private final IssuerName root;
    private final String program;

    RootCeremony(Core core, Ceremony ceremony, IssuerName root, String program) {
        this.core = core;
        this.ceremony = ceremony;
        this.root = root;
        this.program = program;
    }

    /** Whether issuers wait for certificates from another CA. */
    static boolean isElsewhere(Core core) {
        return core.settings().issuers().stream()
                .anyMatch(issuer -> issuer.origin() instanceof IssuerSettings.Origin.Elsewhere);
    }

    /** With the keys of the issuers below it: nothing of a CA works before. */
    void first() {
        List<String> script = CeremonyScript.FIRST;
        premises(script);
        ceremony.step(script.get(2), () -> {
            Foundation.lay(core);
            core.authorities().all().forEach(this::tell);
        });
        ceremony.step(script.get(3), this::writeOut);
        end();
    }

    /** The issuers below a root that is elsewhere, or offline: requests out, certificates in. */
    void elsewhere() {
        List<String> script = CeremonyScript.ELSEWHERE;
        var external = new ExternalIssuers(
                core.vault(), core.records().issuers(), core.means().clock());
        premises(script);
        ceremony.step(script.get(2), () -> {
            Foundation.lay(core);
            external().forEach(issuer -> writeRequest(external, issuer));
        });
        ceremony.step(script.get(3), () -> external().forEach(issuer -> takeIn(external, issuer.name())));
        Foundation.lay(core);
        ceremony.step(script.get(4), this::writeOut);
        core.authorities().all().forEach(this::tell);
        end();
    }

    private List<IssuerSettings> external() {
        return core.settings().issuers().stream()
                .filter(issuer -> issuer.origin() instanceof IssuerSettings.Origin.Elsewhere)
                .toList();
    }

    /** One that was carried away in an earlier run stays as it is. */
    private void writeRequest(ExternalIssuers external, IssuerSettings issuer) {
        String name = issuer.name() + ".csr";
        if (Files.exists(ceremony.file(name))) {
            ceremony.keptOutput(name);
        } else {
            ceremony.output(name, request(external, issuer));
        }
    }

    private byte[] request(ExternalIssuers external, IssuerSettings issuer) {
        return switch (external.request(issuer)) {
            case ExternalIssuers.RequestOutcome.Made(var der) ->
                PemFiles.pem(new PemObject("CERTIFICATE REQUEST", der)).getBytes(StandardCharsets.US_ASCII);
            case ExternalIssuers.RequestOutcome.Refused(var refusal) -> throw refused(refusal);
        };
    }

    private void takeIn(ExternalIssuers external, IssuerName issuer) {
        Path file = ceremony.file(issuer + "-chain.pem");
        if (!Files.exists(file)) {
            throw CommandFailedException.refused(file + " is not there: put the chain of issuer " + issuer
                    + " there, and run the same command again");
        }
        ceremony.input(issuer + "-chain.pem", file);
        if (core.authorities().activeKeyFor(issuer).isPresent()) {
            return;
        }
        List<CertificateDer> chain =
                PemFiles.certificates(file).stream().map(CertificateDer::of).toList();
        if (external.importChain(issuer, chain, ceremony.cause())
                instanceof ExternalIssuers.ImportOutcome.Refused(var refusal)) {
            throw refused(refusal);
        }
        core.authorities().reload();
    }

    private void writeOut() {
        for (IssuerRecord issuer : core.authorities().all()) {
            ceremony.output(issuer.generation().toString().replace('/', '-') + ".pem", pem(issuer.chain()));
        }
    }

    private CommandFailedException refused(Refusal refusal) {
        return CommandFailedException.refused(
                new Answers(core.means().random()).to(refusal).text());
    }

    void next() {
        List<String> script = CeremonyScript.NEXT;
        newest();
        premises(script);
        Rotation rotation = Generations.rotation(core);
        ceremony.step(script.get(2), () -> tell(prepared(rotation)));
        ceremony.step(script.get(3), () -> done(rotation.publish(newest().generation(), List.of(), ceremony.cause())));
        ceremony.step(script.get(4), () -> {
            IssuerRecord made = newest();
            ceremony.output("root.pem", pem(made.chain())).output("links.pem", pem(made.links()));
        });
        core.authorities().reload();
        end();
    }

    private void premises(List<String> script) {
        ceremony.step(
                script.get(0),
                () -> ceremony.input("nameplate.yaml", core.means().home().settings())
                        .fact("program", program));
        ceremony.step(script.get(1), () -> {
            Pkcs11Settings token = token();
            ceremony.input("token module", token.module());
            ceremony.token(core.vault().inToken(token.tokenLabel()).facts());
        });
    }

    private void end() {
        ceremony.end(new AuditKeys(core, OwnKey.Watch.NOBODY).statements());
    }

    private void tell(IssuerRecord made) {
        String name = made.generation().toString();
        ceremony.fact(name + " key", made.keyUri())
                .fact(name + " made", made.createdAt().toString())
                .fact(name + " public-key", made.chain().getFirst().keyHash().toString());
    }

    /** Where the root's key is made; of a root elsewhere, where the others usually are. */
    private Pkcs11Settings token() {
        Optional<String> named = core.settings().issuers().stream()
                .filter(issuer -> issuer.name().equals(root))
                .flatMap(issuer -> issuer.token().stream())
                .findFirst();
        return core.settings().tokens().all().stream()
                .filter(token -> named.isEmpty() || token.tokenLabel().equals(named.get()))
                .findFirst()
                .orElseThrow();
    }

    /** What an earlier run made is taken over. */
    private IssuerRecord prepared(Rotation rotation) {
        IssuerRecord newest = newest();
        return newest.state() == IssuerRecord.State.PUBLISHED ? newest : done(rotation.prepare(root, ceremony.cause()));
    }

    private IssuerRecord newest() {
        return core.records().issuers().list().stream()
                .filter(record -> record.generation().issuer().equals(root))
                .max(Comparator.comparingInt(record -> record.generation().number()))
                .orElseThrow(() -> CommandFailedException.refused(
                        "there is no root " + root + " yet; `nameplate ceremony root --first` makes it"));
    }

    private IssuerRecord done(RotationOutcome outcome) {
        return switch (outcome) {
            case RotationOutcome.Done(var record) -> record;
            case RotationOutcome.Refused(var refusal) -> throw refused(refusal);
        };
    }

    private static byte[] pem(List<CertificateDer> certificates) {
        return certificates.stream()
                .map(certificate -> PemFiles.pem(certificate.parsed()))
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
    }
}
