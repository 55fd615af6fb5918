package dev.nameplate.ca.app;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.Founding;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.config.SettingsReader;
import dev.nameplate.ca.ocsp.Scopes;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.hsm.VaultListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes a home's CA: issuers, audit key, first operator. Cut off anywhere and run again, it goes on where it was. */
final class Foundation {
    private static final Cause CAUSE = new Cause(Actor.SYSTEM, Optional.empty());

    private Foundation() {}

    /** @return every issuer there is now; those that wait for a certificate from elsewhere have no chain */
    static List<IssuerRecord> lay(Core.Means means) {
        var settings = SettingsReader.read(means.home());
        try (Core core = Core.open(means, settings, VaultListener.SILENT)) {
            return lay(core);
        }
    }

    static List<IssuerRecord> lay(Core core) {
        Founding founding = new Founding(
                core.vault(),
                core.records().issuers(),
                core.records().ledger()::claimKey,
                core.issuing().linter(),
                core.means().clock(),
                core.means().random());
        founding.found(core.settings().issuers(), CAUSE);
        core.authorities().reload();
        if (waiting(core).isEmpty()) {
            complete(core);
        }
        return core.authorities().all();
    }

    private static void complete(Core core) {
        writeTrust(core);
        new AuditKeys(core, OwnKey.Watch.NOBODY).seal();
        new ResponderKeys(core, new Scopes(), OwnKey.Watch.NOBODY).renew();
        new FirstOperator(core).make();
    }

    /** @throws CommandFailedException saying what to do, if an issuer that the CA itself needs has no certificate yet */
    static void requireComplete(Core core) {
        waiting(core).ifPresent(issuer -> {
            throw CommandFailedException.refused("issuer " + issuer + " waits for its certificate: have what `nameplate"
                    + " issuer csr " + issuer + "` writes signed, and import it with `nameplate issuer import " + issuer
                    + " --chain FILE`");
        });
    }

    /** Of the issuers of the CA's own certificates, one that cannot issue yet. */
    private static Optional<IssuerName> waiting(Core core) {
        return List.of("operator", "door", "audit").stream()
                .map(name ->
                        core.settings().profiles().named(new ProfileName(name)).issuer())
                .filter(issuer -> core.authorities().activeKeyFor(issuer).isEmpty())
                .findFirst();
    }

    /** What clients of the doors trust: the roots above the doors' certificates. */
    static void writeTrust(Core core) {
        var issuer = core.settings().profiles().named(new ProfileName("door")).issuer();
        List<CertificateDer> roots = core.authorities().rootsFor(issuer);
        String text = roots.stream().map(root -> PemFiles.pem(root.parsed())).collect(Collectors.joining());
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        Path file = core.means().home().trust();
        if (!roots.isEmpty() && !Home.reads(file, octets)) {
            Home.writeClosed(file, octets);
        }
    }
}
