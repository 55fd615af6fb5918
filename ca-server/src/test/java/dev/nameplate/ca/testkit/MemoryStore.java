package dev.nameplate.ca.testkit;

import dev.nameplate.ca.device.KnownCertificates;

/** All the fakes of one CA, which see the same truth. */
public record MemoryStore(
        MemoryAuditLog audit,
        MemoryDevices devices,
        MemoryCodes codes,
        MemoryLedger ledger,
        KnownCertificates known,
        MemoryOperators operators,
        MemoryIssuers issuers) {
    public static MemoryStore empty() {
        var audit = new MemoryAuditLog();
        var devices = new MemoryDevices(audit);
        var codes = new MemoryCodes(devices, audit);
        var ledger = new MemoryLedger(devices, codes, audit);
        return new MemoryStore(
                audit, devices, codes, ledger, ledger.known(), new MemoryOperators(audit), new MemoryIssuers(audit));
    }
}
