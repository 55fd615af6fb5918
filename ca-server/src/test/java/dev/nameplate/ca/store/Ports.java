package dev.nameplate.ca.store;

import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.authority.IssuerRegistry;
import dev.nameplate.ca.device.DeviceRegistry;
import dev.nameplate.ca.device.EnrolmentCodes;
import dev.nameplate.ca.device.KnownCertificates;
import dev.nameplate.ca.factory.BatchRegister;
import dev.nameplate.ca.factory.StationRegister;
import dev.nameplate.ca.factory.UnitRegister;
import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.operator.OperatorRegistry;
import dev.nameplate.ca.revocation.RevocationChanges;
import dev.nameplate.ca.revocation.RevocationRegister;
import dev.nameplate.ca.revocation.bulk.PlanStore;
import dev.nameplate.ca.testkit.MemoryStore;
import java.time.InstantSource;

/** Every port on one store. */
record Ports(
        DeviceRegistry devices,
        EnrolmentCodes codes,
        CertificateLedger ledger,
        KnownCertificates known,
        RevocationRegister revocations,
        RevocationChanges changes,
        PlanStore plans,
        OperatorRegistry operators,
        IssuerRegistry issuers,
        AuditLog audit,
        Factory factory) {
    /** Work orders, their units, and where they are made. */
    record Factory(BatchRegister batches, UnitRegister units, StationRegister stations) {}

    /** The store whose ports a contract is about. */
    interface Source {
        Ports ports();
    }

    static Ports inMemory() {
        MemoryStore store = MemoryStore.empty();
        return new Ports(
                store.devices(),
                store.codes(),
                store.ledger(),
                store.known(),
                store.revocations(),
                store.revocations(),
                store.plans(),
                store.operators(),
                store.issuers(),
                store.audit(),
                new Factory(store.factory(), store.factory(), store.factory()));
    }

    static Ports of(Database database) {
        return new Ports(
                new JooqDeviceRegistry(database),
                new JooqEnrolmentCodes(database),
                new JooqCertificateLedger(database, InstantSource.fixed(Samples.NOW)),
                new JooqKnownCertificates(database),
                new JooqRevocationRegister(database),
                new JooqRevocationChanges(database),
                new JooqPlanStore(database),
                new JooqOperatorRegistry(database),
                new JooqIssuerRegistry(database),
                new JooqAuditLog(database),
                new Factory(
                        new JooqBatchRegister(database),
                        new JooqUnitRegister(database),
                        new JooqStationRegister(database)));
    }
}
