package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.device.Codes;
import dev.nameplate.ca.device.Devices;
import dev.nameplate.ca.edge.admin.AdminServices;
import dev.nameplate.ca.edge.admin.FactoryServices;
import dev.nameplate.ca.factory.Closing;
import dev.nameplate.ca.factory.Handovers;
import dev.nameplate.ca.factory.Line;
import dev.nameplate.ca.factory.Overdue;
import dev.nameplate.ca.factory.Stations;
import dev.nameplate.ca.factory.WorkOrders;
import dev.nameplate.ca.factory.offline.Drawing;
import dev.nameplate.ca.factory.offline.Expiry;
import dev.nameplate.ca.factory.offline.Reporting;
import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.health.HealthCheck;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.revocation.RevocationFeed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Batches, stations and units. */
final class FactoryFloor {
    private final Core core;
    private final RevocationFeed feed;
    private final TokenUnitKeys keys;
    private final Line line;
    private final KekRotations keks;

    FactoryFloor(Core core, RevocationFeed feed) {
        this.core = core;
        this.feed = feed;
        this.keys = new TokenUnitKeys(
                core.batchKeys(),
                core.records().factory().handovers(),
                core.settings().profiles());
        this.keks = new KekRotations(core, keys);
        this.line = new Line(
                core.records().factory().units(),
                core.records().ledger(),
                core.issuing().certifying(),
                keys,
                feed,
                core.means().clock(),
                core.means().random());
    }

    FactoryServices services(AdminServices.Registry registry, AuditKeys audit) {
        Records.Factory records = core.records().factory();
        InstantSource clock = core.means().clock();
        return new FactoryServices(
                new WorkOrders(
                        records.batches(),
                        records.stations(),
                        records.units(),
                        core.settings().profiles(),
                        issuer -> core.authorities().activeKeyFor(issuer).isPresent(),
                        clock),
                line,
                new Handovers(
                        new Handovers.Registers(records.batches(), records.handovers(), records.keks()),
                        keys,
                        KekRotations.turn(core, "handing over", Duration.ofMinutes(1)),
                        clock),
                new Closing(
                        records.batches(),
                        records.units(),
                        new KekDestructions(core.batchKeys(), records.handovers(), records.keks(), records.units()),
                        (content, at) -> audit.statements().sign(content, at),
                        feed,
                        clock),
                stations(registry.devices(), registry.codes()),
                new FactoryServices.Offline(drawing(audit), new Reporting(records.bundles(), line, clock)),
                new FactoryServices.Exports(core.records().ledger(), this::chain, audit::manifest));
    }

    /** What wraps the keys of units. */
    KekRotations keks() {
        return keks;
    }

    /** What was drawn ahead of time and not used. */
    Expiry expiry() {
        return new Expiry(core.records().factory().bundles(), line, core.means().clock());
    }

    private Drawing drawing(AuditKeys audit) {
        Records.Factory records = core.records().factory();
        return new Drawing(
                new Drawing.Records(records.batches(), records.handovers(), records.bundles()),
                line,
                (content, at) -> audit.statements().sign(content, at),
                this::chain,
                core.means().clock());
    }

    /** As this process last loaded it, since every unit asks; another process may have brought up a generation since. */
    private List<CertificateDer> chain(IssuerGeneration generation) {
        return core.authorities()
                .record(generation)
                .or(() -> core.records().issuers().list().stream()
                        .filter(issuer -> issuer.generation().equals(generation))
                        .findFirst())
                .map(IssuerRecord::chain)
                .orElse(List.of());
    }

    /** Units that did not prove in time that they have their key. */
    Overdue overdue() {
        return new Overdue(core.records().factory().units(), line, core.means().clock());
    }

    /** How well the keys are protected that open the keys of units. */
    HealthCheck keyCheck() {
        return Checks.check("unit-keys", () -> {
            List<String> damaged = keks.damaged();
            if (!damaged.isEmpty()) {
                return Finding.warning(
                        "damaged, and does not open: " + String.join("; ", damaged),
                        "have its unit made again with a new key (station report --rework), or restore the database; the"
                                + " key-encryption key before stays until then");
            }
            List<String> remarks = core.batchKeys().remarks();
            return remarks.isEmpty()
                    ? Finding.ok("no key-encryption key of a batch needs a remark")
                    : Finding.warning(
                            String.join("; ", remarks),
                            "guard the PIN file as you guard the issuers' keys, and close batches when they are done;"
                                    + " a token that lets its user make trusted keys ends this warning");
        });
    }

    private Stations stations(Devices devices, Codes codes) {
        return new Stations(
                core.records().factory().stations(),
                devices,
                codes,
                core.issuing().operators(),
                core.means().clock());
    }
}
