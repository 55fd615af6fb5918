package dev.nameplate.ca.testkit;

import dev.nameplate.ca.device.KnownCertificates;
import dev.nameplate.ca.revocation.NodeId;
import dev.nameplate.ca.revocation.RevocationFeed;
import java.time.Duration;

/** All the fakes of one CA, which see the same truth. */
public record MemoryStore(
        MemoryAuditLog audit,
        MemoryDevices devices,
        MemoryCodes codes,
        MemoryLedger ledger,
        MemoryRevocations revocations,
        MemoryPlans plans,
        MemoryPendingRequests pending,
        MemoryEvidence evidence,
        KnownCertificates known,
        MemoryOperators operators,
        MemoryIssuers issuers,
        MemoryFactory factory) {
    public static MemoryStore empty() {
        var audit = new MemoryAuditLog();
        var devices = new MemoryDevices(audit);
        var codes = new MemoryCodes(devices, audit);
        var ledger = new MemoryLedger(devices, codes, audit);
        var revocations = new MemoryRevocations(ledger, devices, audit);
        return new MemoryStore(
                audit,
                devices,
                codes,
                ledger,
                revocations,
                new MemoryPlans(ledger, devices, audit, revocations),
                new MemoryPendingRequests(audit),
                new MemoryEvidence(audit),
                ledger.known(),
                new MemoryOperators(audit),
                new MemoryIssuers(audit),
                new MemoryFactory(ledger, devices, revocations, audit));
    }

    /** The feed of a process that is alone. */
    public RevocationFeed feed() {
        return new RevocationFeed(
                revocations, new OneNode(), new NodeId("0123456789abcdef"), Duration.ofSeconds(2), System::nanoTime);
    }
}
