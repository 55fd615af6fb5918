package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.Authorities;
import dev.nameplate.ca.config.DeviceSecretsFile;
import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.config.Settings;
import dev.nameplate.ca.device.Registrars;
import dev.nameplate.ca.edge.http.TlsLibrary;
import dev.nameplate.ca.enrollment.Applicants;
import dev.nameplate.ca.enrollment.Attestations;
import dev.nameplate.ca.enrollment.EarlyRenewals;
import dev.nameplate.ca.enrollment.Enrollment;
import dev.nameplate.ca.enrollment.KeyRecipients;
import dev.nameplate.ca.enrollment.OperatorEnrollment;
import dev.nameplate.ca.enrollment.ServerKeyEnrollment;
import dev.nameplate.ca.factory.Line;
import dev.nameplate.ca.factory.keys.BatchKeys;
import dev.nameplate.ca.issuance.Issuer;
import dev.nameplate.ca.issuance.ServiceCertificates;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.operator.Operators;
import dev.nameplate.ca.pki.Verifier;
import dev.nameplate.ca.policy.CsrPolicy;
import dev.nameplate.ca.rotation.ServiceKeys;
import dev.nameplate.ca.store.JooqEvidenceArchive;
import dev.nameplate.ca.store.JooqKeptKeys;
import dev.nameplate.ca.store.JooqServiceKeys;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.VaultListener;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The CA without its doors: what both {@code init} and {@code serve} stand on. What it opens it closes, in reverse. */
record Core(
        Means means,
        Settings settings,
        Records records,
        KeyVault vault,
        BatchKeys batchKeys,
        Authorities authorities,
        Issuing issuing,
        Deciding deciding)
        implements AutoCloseable {
    /** What comes in from outside. */
    record Means(Home home, InstantSource clock, SecureRandom random) {}

    /** Everything that leads to a signature. */
    record Issuing(
            Linter linter,
            Enrollment enrollment,
            OperatorEnrollment operatorEnrollment,
            Line.Certifying certifying,
            ServiceCertificates services,
            ServerKeyEnrollment serverKeys,
            Operators operators,
            ServiceKeys ownKeys) {}

    static Core open(Means means, Settings settings, VaultListener listener) {
        Records records = Records.open(means.home(), settings, means.clock());
        try {
            Tokens tokens = Tokens.open(settings.tokens(), means.clock(), listener);
            return assemble(means, settings, records, tokens);
        } catch (RuntimeException e) {
            records.close();
            throw e;
        }
    }

    private static Core assemble(Means means, Settings settings, Records records, Tokens tokens) {
        KeyVault vault = tokens.vault();
        var authorities = new Authorities(records.issuers(), vault);
        var linter = new Linter();
        var issuer = new Issuer(records.ledger(), authorities, linter, means.clock(), means.random());
        var policy = new CsrPolicy(
                settings.profiles(), records.ledger()::holderOfKey, new Verifier(TlsLibrary.nativeCrypto()));
        var deciding = Deciding.of(means, settings.admission(), records);
        var attestations = new Attestations(new JooqEvidenceArchive(records.database()), means.clock());
        var applicants = new Applicants(new Registrars(records.registries().devices()));
        var early = new EarlyRenewals(settings.profiles(), EarlyRenewals.CalledForward.NONE, means.clock());
        var issuing = new Issuing(
                linter,
                new Enrollment(
                        applicants, policy, issuer, deciding.decisions(), attestations, early, deciding.clones()),
                new OperatorEnrollment(policy, issuer),
                new Line.Certifying(policy, issuer),
                new ServiceCertificates(policy, issuer),
                serverKeys(means, records, vault, policy, issuer),
                new Operators(records.registries().operators(), records.known(), means.clock()),
                new ServiceKeys(vault, new JooqServiceKeys(records.database()), means.clock()));
        return new Core(
                means, settings, records, vault, new BatchKeys(tokens.injection()), authorities, issuing, deciding);
    }

    private static ServerKeyEnrollment serverKeys(
            Means means, Records records, KeyVault vault, CsrPolicy policy, Issuer issuer) {
        var recipients = new KeyRecipients(
                records.ledger(), new DeviceSecretsFile(means.home().deviceSecrets()), means.clock());
        return new ServerKeyEnrollment(
                policy, issuer, new VaultKeys(vault), recipients, new JooqKeptKeys(records.database()), means.clock());
    }

    /** The keys with which the CA signs for itself. */
    ServiceKeys ownKeys() {
        return issuing.ownKeys();
    }

    @Override
    public void close() {
        deciding.close();
        vault.close();
        records.close();
    }
}
