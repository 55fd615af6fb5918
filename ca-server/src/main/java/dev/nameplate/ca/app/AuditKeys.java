package dev.nameplate.ca.app;

import dev.nameplate.ca.audit.AuditCertificates;
import dev.nameplate.ca.audit.AuditSealer;
import dev.nameplate.ca.audit.Statements;
import dev.nameplate.ca.factory.export.SignedManifest;
import dev.nameplate.ca.factory.export.UnitWriter;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SignatureScheme;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys in the token that seal the audit trail, one after the other, and their certificates. */
final class AuditKeys {
    private static final String PURPOSE = "audit";
    private static final ProfileName PROFILE = new ProfileName(PURPOSE);
    private static final KeySpec SPEC = KeySpec.EC_P256;
    private static final int PAGE = 1000;

    private final Core core;
    private final OwnKey key;

    AuditKeys(Core core, OwnKey.Watch watch) {
        this.core = core;
        this.key = new OwnKey(core, wish(core), watch);
    }

    private static OwnKey.Wish wish(Core core) {
        return new OwnKey.Wish(
                PROFILE,
                PURPOSE,
                SPEC,
                core.settings().services().rotation().audit(),
                Due.of(core, PROFILE),
                core.issuing().services()::issue);
    }

    OwnKey key() {
        return key;
    }

    /** Seals with the key that is current. The first time it makes one, if there is none. */
    void seal() {
        OwnKey.Held held = key.current();
        new AuditSealer(
                        core.records().audit(),
                        message -> held.signing().sign(SignatureScheme.defaultFor(SPEC), message),
                        held.certificate(),
                        core.means().clock())
                .sealNow();
    }

    /** Signs what stands by itself. */
    Statements statements() {
        OwnKey.Held held = key.current();
        return new Statements(
                message -> held.signing().sign(SignatureScheme.defaultFor(SPEC), message),
                held.certificate(),
                core.authorities()
                        .chainFor(core.settings().profiles().named(PROFILE).issuer()));
    }

    /** Signs units one by one. */
    UnitWriter manifest(Writer out) {
        OwnKey.Held held = key.current();
        return new SignedManifest(
                out, message -> held.signing().sign(SignatureScheme.defaultFor(SPEC), message), held.certificate());
    }

    /** Every audit certificate there was, and the chains above, of issuers that are retired, too. */
    AuditCertificates certificates() {
        List<CertificateDer> all = new ArrayList<>();
        recorded().forEach(issued -> all.add(issued.certificate()));
        core.authorities().all().forEach(issuer -> {
            all.addAll(issuer.chain());
            all.addAll(issuer.links());
        });
        return new AuditCertificates(all);
    }

    private List<IssuedCertificate> recorded() {
        List<IssuedCertificate> all = new ArrayList<>();
        Optional<SerialNumber> after = Optional.empty();
        List<IssuedCertificate> page;
        do {
            page = core.records()
                    .ledger()
                    .list(new CertificateQuery(Optional.of(Holder.ofCa(PURPOSE)), Optional.empty(), after, PAGE));
            all.addAll(page);
            after = page.isEmpty() ? after : Optional.of(page.getLast().serial());
        } while (page.size() == PAGE);
        return all;
    }
}
