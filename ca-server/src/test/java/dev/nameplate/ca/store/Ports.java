package dev.nameplate.ca.store;

import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.authority.IssuerRegistry;
import dev.nameplate.ca.device.DeviceRegistry;
import dev.nameplate.ca.device.EnrolmentCodes;
import dev.nameplate.ca.device.KnownCertificates;
import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.operator.OperatorRegistry;
import dev.nameplate.ca.revocation.RevocationChanges;
import dev.nameplate.ca.revocation.RevocationRegister;
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
        OperatorRegistry operators,
        IssuerRegistry issuers,
        AuditLog audit) {
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
                store.operators(),
                store.issuers(),
                store.audit());
    }

    static Ports of(Database database) {
        return new Ports(
                new JooqDeviceRegistry(database),
                new JooqEnrolmentCodes(database),
                new JooqCertificateLedger(database, InstantSource.fixed(Samples.NOW)),
                new JooqKnownCertificates(database),
                new JooqRevocationRegister(database),
                new JooqRevocationChanges(database),
                new JooqOperatorRegistry(database),
                new JooqIssuerRegistry(database),
                new JooqAuditLog(database));
    }
}
