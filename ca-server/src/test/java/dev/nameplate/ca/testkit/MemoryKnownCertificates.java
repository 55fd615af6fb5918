package dev.nameplate.ca.testkit;

import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.KnownCertificate;
import dev.nameplate.ca.device.KnownCertificates;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import java.time.Instant;
import java.util.Optional;

/** The door's view of {@link MemoryLedger}; a use is noted at once. */
final class MemoryKnownCertificates implements KnownCertificates {
    private final MemoryLedger ledger;
    private final MemoryDevices devices;

    MemoryKnownCertificates(MemoryLedger ledger, MemoryDevices devices) {
        this.ledger = ledger;
        this.devices = devices;
    }

    @Override
    public Optional<KnownCertificate> find(CertificateDer certificate) {
        return ledger.row(certificate).map(this::known);
    }

    @Override
    public void noteUse(CertificateDer certificate, Instant at) {
        ledger.noteUse(certificate, at);
    }

    private KnownCertificate known(MemoryRow row) {
        Holder holder = row.added().holder();
        Optional<Device> device =
                holder.kind() == Holder.Kind.DEVICE ? devices.find(new DeviceId(holder.name())) : Optional.empty();
        return new KnownCertificate(
                row.added().certificate(),
                row.added().issuer(),
                row.added().profile(),
                holder,
                device,
                new KnownCertificate.Times(row.issuedAt(), row.firstUsedAt()),
                row.revokedAt(),
                ledger.successorInUse(row.added().certificate()));
    }
}
