package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.approval.ApprovalSettings;
import dev.nameplate.ca.approval.Approvals;
import dev.nameplate.ca.audit.AuditCertificates;
import dev.nameplate.ca.audit.AuditExport;
import dev.nameplate.ca.audit.AuditVerifier;
import dev.nameplate.ca.authority.Authorities;
import dev.nameplate.ca.device.CodeSettings;
import dev.nameplate.ca.device.Codes;
import dev.nameplate.ca.device.Devices;
import dev.nameplate.ca.enrollment.NewOperators;
import dev.nameplate.ca.enrollment.OperatorEnrollment;
import dev.nameplate.ca.factory.Closing;
import dev.nameplate.ca.factory.Handovers;
import dev.nameplate.ca.factory.KeyDestruction;
import dev.nameplate.ca.factory.Line;
import dev.nameplate.ca.factory.Stations;
import dev.nameplate.ca.factory.UnitKeys;
import dev.nameplate.ca.factory.WorkOrders;
import dev.nameplate.ca.factory.export.CertificateLines;
import dev.nameplate.ca.factory.offline.Drawing;
import dev.nameplate.ca.factory.offline.Reporting;
import dev.nameplate.ca.health.HealthChecks;
import dev.nameplate.ca.issuance.Issuer;
import dev.nameplate.ca.lease.Turn;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.operator.Operators;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.pki.Verifier;
import dev.nameplate.ca.policy.CsrPolicy;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.renewal.Pulls;
import dev.nameplate.ca.revocation.Revocations;
import dev.nameplate.ca.revocation.bulk.BulkSettings;
import dev.nameplate.ca.revocation.bulk.Plans;
import dev.nameplate.ca.testkit.MemoryBundles;
import dev.nameplate.ca.testkit.MemoryHandovers;
import dev.nameplate.ca.testkit.MemoryKekBook;
import dev.nameplate.ca.testkit.MemoryLeases;
import dev.nameplate.ca.testkit.MemoryPulls;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.hsm.software.SoftwareVault;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The API without a door, for its table and its document. */
final class Tables {
    private static final InstantSource CLOCK = InstantSource.system();

    private Tables() {}

    static AdminApi api() {
        MemoryStore store = MemoryStore.empty();
        var certificates = new AuditCertificates(List.of());
        var codes = new Codes(
                store.codes(),
                store.devices(),
                Codes.Labels.of(Set.of()),
                CodeSettings.defaults(),
                CLOCK,
                new SecureRandom());
        var operators = new Operators(store.operators(), store.known(), CLOCK);
        var policy = new CsrPolicy(SampleProfiles.all(), store.ledger()::holderOfKey, Verifier.plain());
        var authorities = new Authorities(store.issuers(), new SoftwareVault("test"));
        var issuer = new Issuer(store.ledger(), authorities, new Linter(), CLOCK, new SecureRandom());
        var plans = new Plans(
                store.plans(), BulkSettings.defaults(), () -> Sha256.of(new byte[0]), CLOCK, new SecureRandom());
        var services = new AdminServices(
                new AdminServices.Registry(
                        new Devices(store.devices(), CLOCK),
                        codes,
                        store.evidence(),
                        new Pulls(new MemoryPulls(store.audit()), CLOCK, new SecureRandom()),
                        CampaignsRig.of(store, CLOCK)),
                new AdminServices.Certificates(
                        store.ledger(),
                        _ -> List.of(),
                        new Revocations(store.revocations(), store.feed(), CLOCK),
                        plans,
                        new Approvals(store.pending(), ApprovalSettings.defaults(), CLOCK),
                        store.issuers(),
                        GenerationsRig.of(store, new SoftwareVault("test"), CLOCK),
                        CrlRig.of(store, authorities)),
                RotationRig.of(store, authorities, new SoftwareVault("test")),
                operators,
                new NewOperators(operators, new OperatorEnrollment(policy, issuer)),
                factory(store, operators, codes),
                new AdminServices.Trail(
                        store.audit(),
                        new AuditVerifier(store.audit(), () -> certificates),
                        new AuditExport(store.audit(), () -> certificates, CLOCK)));
        return new AdminApi(
                services,
                new HealthChecks(List.of(), List.of()),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                "1.2.3");
    }

    /** The factory on these fakes, with keys that only a test could like. */
    static FactoryServices factory(MemoryStore store, Operators operators, Codes codes) {
        var policy = new CsrPolicy(SampleProfiles.all(), store.ledger()::holderOfKey, Verifier.plain());
        var authorities = new Authorities(store.issuers(), new SoftwareVault("test"));
        var issuer = new Issuer(store.ledger(), authorities, new Linter(), CLOCK, new SecureRandom());
        var line = new Line(
                store.factory(),
                store.ledger(),
                new Line.Certifying(policy, issuer),
                (batch, station) -> new UnitKeys.Making.Refused(new Refusal.NotFound("vault")),
                store.feed(),
                CLOCK,
                new SecureRandom());
        var bundles = new MemoryBundles();
        var handovers = new MemoryHandovers(store.audit());
        return new FactoryServices(
                new WorkOrders(
                        store.factory(), store.factory(), store.factory(), SampleProfiles.all(), _ -> true, CLOCK),
                line,
                new Handovers(
                        new Handovers.Registers(
                                store.factory(), handovers, new MemoryKekBook(handovers, store.audit())),
                        (batch, station, recipient) -> {
                            throw new IllegalArgumentException("no key is made here");
                        },
                        new Turn(new MemoryLeases(CLOCK), "handing over", "here", Duration.ofMinutes(1)),
                        CLOCK),
                new Closing(
                        store.factory(),
                        store.factory(),
                        KeyDestruction.NOTHING_TO_DESTROY,
                        (content, _) -> content,
                        store.feed(),
                        CLOCK),
                new Stations(store.factory(), new Devices(store.devices(), CLOCK), codes, operators, CLOCK),
                new FactoryServices.Offline(
                        new Drawing(
                                new Drawing.Records(store.factory(), new MemoryHandovers(store.audit()), bundles),
                                line,
                                (content, at) -> content,
                                generation -> List.of(),
                                CLOCK),
                        new Reporting(bundles, line, CLOCK)),
                new FactoryServices.Exports(store.ledger(), _ -> List.of(), CertificateLines::new));
    }
}
