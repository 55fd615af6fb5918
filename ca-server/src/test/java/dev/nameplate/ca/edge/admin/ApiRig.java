package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.approval.ApprovalSettings;
import dev.nameplate.ca.approval.Approvals;
import dev.nameplate.ca.audit.AuditCertificates;
import dev.nameplate.ca.audit.AuditExport;
import dev.nameplate.ca.audit.AuditSealer;
import dev.nameplate.ca.audit.AuditVerifier;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.Authorities;
import dev.nameplate.ca.authority.Founding;
import dev.nameplate.ca.device.CodeSettings;
import dev.nameplate.ca.device.Codes;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.Devices;
import dev.nameplate.ca.edge.http.Answers;
import dev.nameplate.ca.edge.http.ConnectionLimits;
import dev.nameplate.ca.edge.http.Door;
import dev.nameplate.ca.edge.http.DoorSettings;
import dev.nameplate.ca.edge.http.DoorTls;
import dev.nameplate.ca.edge.http.RequestLimits;
import dev.nameplate.ca.edge.http.TlsChoice;
import dev.nameplate.ca.edge.http.TlsLibrary;
import dev.nameplate.ca.edge.http.TlsMaterial;
import dev.nameplate.ca.edge.http.Voice;
import dev.nameplate.ca.enrollment.NewOperators;
import dev.nameplate.ca.enrollment.OperatorEnrollment;
import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.health.HealthCheck;
import dev.nameplate.ca.health.HealthChecks;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.Issuer;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.lint.Linter;
import dev.nameplate.ca.operator.Operators;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.pki.Verifier;
import dev.nameplate.ca.policy.CsrPolicy;
import dev.nameplate.ca.renewal.Pulls;
import dev.nameplate.ca.revocation.Revocations;
import dev.nameplate.ca.revocation.bulk.BulkSettings;
import dev.nameplate.ca.revocation.bulk.PlanWorker;
import dev.nameplate.ca.revocation.bulk.Plans;
import dev.nameplate.ca.testkit.MemoryPulls;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.software.SoftwareVault;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** The operator API behind a real door, on a store in memory, with one operator of each role. */
public final class ApiRig implements AutoCloseable {
    public static final LabelName LABEL = new LabelName("line-1");
    private static final IssuerGeneration ISSUER = new IssuerGeneration(new IssuerName("devices"), 1);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Cause CAUSE = Cause.SYSTEM;
    private static final BulkSettings BULK = new BulkSettings(100, 3, Duration.ofDays(14));
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ApiPki pki = new ApiPki();
    private final MemoryStore store = MemoryStore.empty();
    private final SoftwareVault vault = new SoftwareVault("test");
    private final Party auditKey = pki.auditor();
    private final Operators operators = new Operators(store.operators(), store.known(), CLOCK);
    private final Map<Role, Party> people = new EnumMap<>(Role.class);
    private final AtomicReference<Finding> token = new AtomicReference<>(Finding.ok("signs"));
    private final AdminApi api;
    private final Door door;
    private final Plans plans = new Plans(store.plans(), BULK, ApiRig::ca, CLOCK, RANDOM);
    private final Thread worker = Thread.ofVirtual().start(this::work);

    public ApiRig() {
        new Founding(vault, store.issuers(), store.ledger()::claimKey, new Linter(), CLOCK, RANDOM)
                .found(TestCa.issuers(Optional.empty()), CAUSE);
        for (Role role : List.of(Role.ADMIN, Role.OPERATOR, Role.AUDITOR)) {
            people.put(role, person(role.toString(), role));
        }
        api = new AdminApi(services(), checks(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), "1.2.3");
        Voice voice = new Voice(new Answers(new Random(1)), new ProblemForm());
        Party server = pki.door();
        var tls = new DoorTls(
                TlsLibrary.of(TlsChoice.JDK),
                new TlsMaterial(server.keys().getPrivate(), List.of(server.certificate(), pki.root())),
                accepted());
        var settings = new DoorSettings(
                "127.0.0.1",
                0,
                new RequestLimits(1024 * 1024, 8 * 1024, 2048, Duration.ofSeconds(20)),
                new ConnectionLimits(100, 20, 50, 4, Duration.ofSeconds(20)));
        door = Door.https("operator", settings, tls, voice, routes -> api.addTo(routes, voice))
                .open();
    }

    public URI base() {
        return URI.create("https://127.0.0.1:" + door.port());
    }

    public ApiPki pki() {
        return pki;
    }

    public MemoryStore store() {
        return store;
    }

    AdminApi api() {
        return api;
    }

    public Party holding(Role role) {
        return people.computeIfAbsent(role, missing -> person(missing.toString(), missing));
    }

    /** What the check called {@code token} finds from now on. */
    public void token(Finding finding) {
        token.set(finding);
    }

    public void device(String id) {
        new Devices(store.devices(), CLOCK).register(new DeviceId(id), Map.of(), CAUSE);
    }

    /** A certificate of this device, on record. */
    public IssuedCertificate deviceCertificate(String id) {
        Party device = pki.client(id);
        return record(device.certificate(), Holder.of(new DeviceId(id)), "ldevid");
    }

    /** An operator with these roles and a certificate on record. */
    public Party person(String name, Role... roles) {
        operators.add(new OperatorName(name), Set.of(roles), CAUSE);
        Party person = pki.client(name);
        if (Set.of(roles).contains(Role.STATION)) {
            device(name);
            record(person.certificate(), Holder.of(new DeviceId(name)), "station");
        } else {
            record(person.certificate(), Holder.of(new OperatorName(name)), "operator");
        }
        return person;
    }

    public void seal() {
        new AuditSealer(store.audit(), auditKey::sign, auditKey.certificate(), CLOCK).sealNow();
    }

    @Override
    public void close() {
        worker.interrupt();
        door.close();
    }

    private void work() {
        var bulk = new PlanWorker(store.plans(), BULK, store.feed(), ApiRig::ca, CLOCK);
        try {
            while (!Thread.interrupted()) {
                if (!bulk.turn()) {
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Sha256 ca() {
        return Sha256.of(new byte[] {7});
    }

    /** Whose certificates a client shall choose from. */
    private Set<CertificateDer> accepted() {
        Set<CertificateDer> accepted = new HashSet<>(List.of(pki.root()));
        store.issuers().list().forEach(issuer -> accepted.addAll(issuer.chain()));
        return accepted;
    }

    private AdminServices services() {
        var certificates = new AuditCertificates(List.of(auditKey.certificate(), pki.root()));
        var codes = new Codes(
                store.codes(), store.devices(), Codes.Labels.of(Set.of(LABEL)), CodeSettings.defaults(), CLOCK, RANDOM);
        return new AdminServices(
                new AdminServices.Registry(
                        new Devices(store.devices(), CLOCK),
                        codes,
                        store.evidence(),
                        new Pulls(new MemoryPulls(store.audit()), CLOCK, RANDOM)),
                new AdminServices.Certificates(
                        store.ledger(),
                        _ -> List.of(),
                        new Revocations(store.revocations(), store.feed(), CLOCK),
                        plans,
                        new Approvals(store.pending(), ApprovalSettings.defaults(), CLOCK),
                        store.issuers(),
                        GenerationsRig.of(store, vault, CLOCK),
                        CrlRig.of(store, new Authorities(store.issuers(), vault))),
                RotationRig.of(store, new Authorities(store.issuers(), vault), vault),
                operators,
                newOperators(),
                Tables.factory(store, operators, codes),
                new AdminServices.Trail(
                        store.audit(),
                        new AuditVerifier(store.audit(), () -> certificates),
                        new AuditExport(store.audit(), () -> certificates, CLOCK)));
    }

    private HealthChecks checks() {
        return new HealthChecks(
                List.of(check("token", token)),
                List.of(check("disk", new AtomicReference<>(Finding.warning("nine tenths full", "make room")))));
    }

    private static HealthCheck check(String name, AtomicReference<Finding> finding) {
        return new HealthCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Finding find() {
                return finding.get();
            }
        };
    }

    private NewOperators newOperators() {
        var issuer = new Issuer(store.ledger(), new Authorities(store.issuers(), vault), new Linter(), CLOCK, RANDOM);
        var policy = new CsrPolicy(SampleProfiles.all(), store.ledger()::holderOfKey, Verifier.plain());
        return new NewOperators(operators, new OperatorEnrollment(policy, issuer));
    }

    private IssuedCertificate record(CertificateDer certificate, Holder holder, String profile) {
        var added = new NewCertificate(
                certificate,
                ISSUER,
                new ProfileName(profile),
                holder,
                LABEL,
                new Credential.Itself("test " + Sha256.of(certificate.octets())),
                0,
                0);
        var event = CAUSE.event(now(), "certificate.issued", holder.toString(), Map.of());
        return switch (store.ledger().record(added, event)) {
            case Recording.Recorded(var issued) -> issued;
            case Recording other -> throw new AssertionError("not recorded: " + other);
        };
    }

    private static Instant now() {
        return CLOCK.instant();
    }
}
