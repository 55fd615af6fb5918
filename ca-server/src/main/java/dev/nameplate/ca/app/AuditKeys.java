package dev.nameplate.ca.app;

import dev.nameplate.ca.audit.AuditCertificates;
import dev.nameplate.ca.audit.AuditSealer;
import dev.nameplate.ca.audit.Statements;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.ServiceRequest;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.VaultKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The key in the token that seals the audit trail, and its certificates. */
final class AuditKeys {
    private static final String PURPOSE = "audit";
    private static final ProfileName PROFILE = new ProfileName(PURPOSE);
    private static final KeySpec SPEC = KeySpec.EC_P256;
    private static final int MOST_CERTIFICATES = 1000;

    private final Core core;

    AuditKeys(Core core) {
        this.core = core;
    }

    /** Makes the key and its certificate where they are missing or the certificate is due. */
    AuditSealer sealer() {
        VaultKey key = key();
        CertificateDer certificate = certificate(key);
        SigningKey signing = core.vault().signingKey(key.uri());
        return new AuditSealer(
                core.records().audit(),
                message -> signing.sign(SignatureScheme.defaultFor(SPEC), message),
                certificate,
                core.means().clock());
    }

    /** Signs what stands by itself. */
    Statements statements() {
        VaultKey key = key();
        SigningKey signing = core.vault().signingKey(key.uri());
        return new Statements(
                message -> signing.sign(SignatureScheme.defaultFor(SPEC), message),
                certificate(key),
                core.authorities()
                        .chainFor(core.settings().profiles().named(PROFILE).issuer()));
    }

    /** Every audit certificate there was, and the chain above. */
    AuditCertificates certificates() {
        List<CertificateDer> all = new ArrayList<>();
        recorded().forEach(issued -> all.add(issued.certificate()));
        core.authorities().all().forEach(issuer -> {
            all.addAll(issuer.chain());
            all.addAll(issuer.links());
        });
        return new AuditCertificates(all);
    }

    private VaultKey key() {
        return core.vault().list().stream()
                .filter(key -> key.uri().object().equals(Optional.of(PURPOSE)))
                .findFirst()
                .orElseGet(() -> core.vault().generate(SPEC, PURPOSE));
    }

    private CertificateDer certificate(VaultKey key) {
        return recorded().stream()
                .filter(issued -> issued.certificate().keyHash().equals(Keys.hashOf(key.publicKey())))
                .filter(this::notDue)
                .findFirst()
                .map(IssuedCertificate::certificate)
                .orElseGet(() -> issue(key));
    }

    private boolean notDue(IssuedCertificate issued) {
        return !core.settings()
                .profiles()
                .named(PROFILE)
                .renewal()
                .due(issued.notAfter(), core.means().clock().instant());
    }

    private CertificateDer issue(VaultKey key) {
        return switch (core.issuing()
                .services()
                .issue(new ServiceRequest(PURPOSE, PROFILE, key.publicKey(), List.of()))) {
            case Issuance.Issued(var issued) -> issued.certificate();
            case Issuance.Refused(var refusal) ->
                throw new IllegalStateException("no certificate for the audit key: " + refusal);
        };
    }

    private List<IssuedCertificate> recorded() {
        return core.records()
                .ledger()
                .list(new CertificateQuery(
                        Optional.of(Holder.ofCa(PURPOSE)), Optional.empty(), Optional.empty(), MOST_CERTIFICATES));
    }
}
