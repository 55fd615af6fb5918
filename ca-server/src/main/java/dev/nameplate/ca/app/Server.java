package dev.nameplate.ca.app;

import dev.nameplate.ca.audit.AuditExport;
import dev.nameplate.ca.audit.AuditVerifier;
import dev.nameplate.ca.authority.Authorities;
import dev.nameplate.ca.authority.FetchNotes;
import dev.nameplate.ca.config.Settings;
import dev.nameplate.ca.device.AttemptLimiter;
import dev.nameplate.ca.device.Codes;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.DeviceAuthenticator;
import dev.nameplate.ca.device.Devices;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.MessageAuthenticator;
import dev.nameplate.ca.device.Nonces;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.edge.admin.AdminApi;
import dev.nameplate.ca.edge.admin.AdminServices;
import dev.nameplate.ca.edge.est.EstFeatures;
import dev.nameplate.ca.edge.est.ServedLabel;
import dev.nameplate.ca.edge.http.TlsLibrary;
import dev.nameplate.ca.enrollment.CloneAlarm;
import dev.nameplate.ca.enrollment.MessageEnrollment;
import dev.nameplate.ca.enrollment.NewOperators;
import dev.nameplate.ca.health.HealthCheck;
import dev.nameplate.ca.health.HealthChecks;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.policy.Asking;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.renewal.Advisor;
import dev.nameplate.ca.renewal.Campaigns;
import dev.nameplate.ca.revocation.Revocations;
import dev.nameplate.ca.store.JooqAdoptedHistory;
import dev.nameplate.ca.store.JooqCampaignStore;
import dev.nameplate.ca.store.JooqEvidenceArchive;
import dev.nameplate.ca.store.JooqLeases;
import dev.nameplate.ca.storm.Turns;
import dev.nameplate.est.MessageSigner;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A running CA: the core, its doors, and what it does by itself. */
final class Server implements AutoCloseable {
    private static final Duration RENEWAL_CHECK = Duration.ofMinutes(10);
    private static final Duration PULL_CHECK = Duration.ofSeconds(5);
    private static final Duration ROTATION_CHECK = Duration.ofMinutes(1);
    private static final Duration KEK_CHECK = Duration.ofSeconds(2);
    private static final Duration PRUNING = Duration.ofHours(1);
    private static final Duration TIDYING = Duration.ofMinutes(1);
    private static final Duration OVERDUE_CHECK = Duration.ofSeconds(30);
    private static final Duration FINISH_CHECK = Duration.ofSeconds(5);

    private final Core core;
    private final Turns turns;
    private final Doors doors;
    private final RevocationNews news;
    private final Revocations revocations;
    private final BulkRevocation bulk;
    private final Ocsp ocsp;
    private final CrlDuty crls;
    private final HorizonDuty horizons;
    private final RotationWatch watch;
    private final Rotations rotations;
    private final Optional<CanaryDuty> canary;
    private final Generations generations;
    private final Campaigns campaigns;
    private final CampaignMeters campaignMeters;
    private final FactoryFloor factory;
    private final Schedule schedule = new Schedule();

    private Server(Core core, PrometheusMeterRegistry metrics) {
        this.core = core;
        FunctionCounter.builder("nameplate.clone.alarms", core.deciding().clones(), CloneAlarm::rung)
                .description("superseded certificates that enrolled after their successor was used")
                .register(metrics);
        this.turns = turns(core, metrics);
        this.doors = new Doors(core, turns::waitOfAnyone);
        this.news = new RevocationNews(core.records().standings(), core.means().random());
        this.revocations = new Revocations(
                core.records().standings().register(), news.feed(), core.means().clock());
        this.bulk = new BulkRevocation(core, news.feed());
        this.watch = new RotationWatch(core.means().clock(), metrics);
        this.ocsp =
                new Ocsp(core, new Ocsp.Following(core.records().standings().register(), news.feed()), metrics, watch);
        this.crls = new CrlDuty(core, metrics);
        this.horizons = new HorizonDuty(core, metrics);
        this.factory = new FactoryFloor(core, news.feed());
        this.rotations = new Rotations(core, horizons, new Rotations.Others(ocsp.keys(), doors, factory.keks()), watch);
        this.canary = core.settings()
                .services()
                .canary()
                .map(settings -> new CanaryDuty(core, settings, revocations, metrics));
        this.generations = new Generations(core)
                .tell(() -> Foundation.writeTrust(core))
                .tell(ocsp::follow)
                .tell(doors::follow)
                .tell(crls::awaken);
        news.feed().register(ocsp.responder().listener());
        news.feed().register(crls);
        this.campaigns = new Campaigns(
                new JooqCampaignStore(core.records().database()),
                core.deciding().pulls(),
                core.settings().profiles(),
                core.means().clock());
        this.campaignMeters = new CampaignMeters(core, campaigns, metrics);
    }

    /** Everything that renews itself, at once. */
    void turn() {
        ocsp.keys().renew();
        rotations.turn();
        factory.keks().turn();
        rotations.audit().seal();
        horizons.count();
    }

    Core core() {
        return core;
    }

    Rotations rotations() {
        return rotations;
    }

    HorizonDuty horizons() {
        return horizons;
    }

    RotationWatch watch() {
        return watch;
    }

    /** Everything is open when this returns. */
    static Server start(Core core, PrometheusMeterRegistry metrics, String version) {
        Server server = new Server(core, metrics);
        try {
            new JooqLeases(core.records().database()).endThoseOfTheDead();
            Foundation.writeTrust(core);
            server.rotations.audit().key().renew();
            AdminApi api = new AdminApi(server.services(), server.health(), metrics, version);
            server.news.start();
            server.bulk.start();
            server.ocsp.start(server.schedule);
            server.crls.start();
            server.horizons.start();
            server.campaignMeters.start();
            server.doors.open(server.est(), api::addTo, server.ocsp.responder());
            new StormMeters(metrics).watchHandshakes(server.doors::handshakesWaiting);
            server.generations.start();
            server.schedule.every(
                    core.settings().services().sealInterval(),
                    "sealing the audit trail",
                    server.rotations.audit()::seal);
            server.schedule.every(PRUNING, "forgetting old plans and changes", server::prune);
            server.schedule.every(FINISH_CHECK, "making holds final", server.revocations::finishHolds);
            server.schedule.every(OVERDUE_CHECK, "scrapping unverified units", server.factory.overdue()::scrap);
            server.schedule.every(OVERDUE_CHECK, "ending bundles", server.factory.expiry()::settle);
            server.schedule.every(KEK_CHECK, "replacing key-encryption keys", server.factory.keks()::turn);
            server.schedule.every(
                    ROTATION_CHECK, "renewing the CA's own keys and certificates", server.rotations::turn);
            server.schedule.every(
                    PULL_CHECK,
                    "looking for renewals pulled forward",
                    core.deciding().pulls()::refresh);
            server.schedule.every(
                    TIDYING,
                    "ending requests that waited too long",
                    core.deciding().approvals()::tidy);
            server.canary.ifPresent(CanaryDuty::start);
            server.schedule.every(
                    RENEWAL_CHECK,
                    "forgetting keys that were kept",
                    core.issuing().serverKeys()::forget);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public void close() {
        canary.ifPresent(CanaryDuty::close);
        schedule.close();
        generations.close();
        doors.close();
        bulk.close();
        ocsp.close();
        crls.close();
        horizons.close();
        campaignMeters.close();
        news.close();
        core.close();
    }

    private void prune() {
        bulk.prune();
        news.prune(core.means().clock().instant());
    }

    /** What is looked at to say how all of it is. */
    HealthChecks health() {
        return new Checks(core, TlsLibrary.of(core.settings().doors().device().tls()), checks()).all();
    }

    private List<HealthCheck> checks() {
        return Stream.concat(
                        Stream.of(
                                Checks.check(
                                        "crls",
                                        () -> CrlCheck.find(
                                                crls.publisher().states(),
                                                core.means().clock().instant())),
                                ocsp.check(),
                                Checks.check("keys", watch::find),
                                Checks.check("operators", new OperatorCheck(core)::find),
                                Checks.check("horizon", horizons::find),
                                factory.keyCheck()),
                        canary.stream())
                .toList();
    }

    private static Turns turns(Core core, PrometheusMeterRegistry metrics) {
        var meters = new StormMeters(metrics);
        Profiles profiles = core.settings().profiles();
        var turns = new Turns(
                core.settings().admission().storm(),
                profile -> profiles.named(profile).issuer(),
                core.means().clock(),
                core.means().random(),
                meters);
        meters.watch(turns);
        return turns;
    }

    EstFeatures est() {
        var nonces = new Nonces(core.means().clock(), core.means().random());
        var authenticator = new DeviceAuthenticator(
                core.records().known(),
                core.records().registries().devices(),
                core.records().registries().codes(),
                new AttemptLimiter(
                        core.settings().admission().attempts(), core.means().clock()),
                profile -> core.settings().profiles().named(profile).renewal().grace(),
                code -> core.deciding()
                        .requests()
                        .waitsUnder(
                                new Credential.Code(code).key(),
                                core.means().clock().instant()),
                nonces,
                core.means().clock());
        Supplier<MessageSigner> signer =
                () -> rotations.messages().orElseThrow().signer();
        var inTurn = new InTurn(turns);
        core.deciding().signWith(signer);
        return new EstFeatures(
                new EstFeatures.Doorkeeper(authenticator::identify, nonces::next),
                inTurn.enrol(core.issuing().enrollment()::enroll),
                inTurn.enrol(core.issuing().enrollment()::reenroll),
                new Chains(core.authorities(), generations.notes()),
                label -> Asking.of(core.settings().profiles().named(label.profile()), label),
                new Advisor(
                        core.settings().profiles(),
                        core.deciding().pulls(),
                        core.settings().admission().renewalPoll(),
                        core.means().random())::adviceFor,
                new EstFeatures.KeyMaking(
                        inTurn.deliver(core.issuing().serverKeys()::deliver),
                        signer,
                        core.means().random()),
                messages(authenticator, signer));
    }

    private EstFeatures.Messages messages(DeviceAuthenticator devices, Supplier<MessageSigner> signer) {
        Records records = core.records();
        var signers = new MessageAuthenticator(
                devices, records.known(), records.registries().devices());
        EstFeatures.Enrol enrol = new InTurn(turns).enrol(core.issuing().enrollment()::enroll);
        var enrollment = new MessageEnrollment(enrol::enroll, signers, records.ledger(), revocations);
        return new EstFeatures.Messages(
                signers::identify,
                enrollment::enroll,
                enrollment::revoke,
                signer,
                core.means().random(),
                core.means().clock());
    }

    private AdminServices services() {
        AuditKeys audit = rotations.audit();
        Records records = core.records();
        AdminServices.Registry registry = registry();
        return new AdminServices(
                registry,
                new AdminServices.Certificates(
                        records.ledger(),
                        new JooqAdoptedHistory(records.database(), core.means().clock()),
                        revocations,
                        bulk.plans(),
                        core.deciding().approvals(),
                        records.issuers(),
                        new AdminServices.Generations(generations.rotation(), generations::follow),
                        crls.publisher()),
                new AdminServices.Rotation(horizons.horizons(), rotations.inventory(), rotations),
                core.issuing().operators(),
                new NewOperators(core.issuing().operators(), core.issuing().operatorEnrollment()),
                factory.services(registry, audit),
                new AdminServices.Trail(
                        records.audit(),
                        new AuditVerifier(records.audit(), audit::certificates),
                        new AuditExport(
                                records.audit(),
                                audit::certificates,
                                core.means().clock())));
    }

    private static Codes.Labels codeLabels(Settings settings) {
        Set<LabelName> digest = settings.labels().values().stream()
                .map(ServedLabel::label)
                .filter(label -> label.ways().contains(Way.DIGEST))
                .map(EnrolmentLabel::name)
                .collect(Collectors.toSet());
        return new Codes.Labels(settings.labels().keySet(), digest);
    }

    private AdminServices.Registry registry() {
        Settings settings = core.settings();
        Records.Registries registries = core.records().registries();
        return new AdminServices.Registry(
                new Devices(registries.devices(), core.means().clock()),
                new Codes(
                        registries.codes(),
                        registries.devices(),
                        codeLabels(settings),
                        settings.admission().codes(),
                        core.means().clock(),
                        core.means().random()),
                new JooqEvidenceArchive(core.records().database()),
                core.deciding().pulls(),
                campaigns);
    }

    /** What cacerts hands out, and to whom it did. */
    private record Chains(Authorities authorities, FetchNotes notes) implements EstFeatures.Chains {
        @Override
        public List<CertificateDer> of(IssuerName issuer) {
            return authorities.chainFor(issuer);
        }

        @Override
        public void fetched(IssuerName issuer, CertificateDer certificate) {
            notes.fetched(issuer, certificate);
        }
    }
}
