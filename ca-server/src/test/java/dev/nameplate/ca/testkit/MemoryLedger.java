package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.KnownCertificates;
import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.issuance.Recording;
import dev.nameplate.ca.issuance.RequestFingerprint;
import dev.nameplate.ca.issuance.SerialTakenException;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Every certificate, seen from issuance and the door ({@link #known}); forgotten with the test. */
public final class MemoryLedger implements CertificateLedger {
    private final MemoryDevices devices;
    private final MemoryCodes codes;
    private final MemoryAuditLog audit;
    private final NextFailure failure = new NextFailure();
    private final Map<Sha256, Holder> keyOwners = new HashMap<>();
    private final List<MemoryRow> rows = new ArrayList<>();

    public MemoryLedger(MemoryDevices devices, MemoryCodes codes, MemoryAuditLog audit) {
        this.devices = devices;
        this.codes = codes;
        this.audit = audit;
    }

    /** The next change finds the database away. */
    public void failNext() {
        failure.arm();
    }

    /** Every certificate, oldest first. */
    public synchronized List<IssuedCertificate> all() {
        return rows.stream().map(MemoryRow::issued).toList();
    }

    /** In which shard this one would be listed. */
    public synchronized int shardOf(CertificateDer certificate) {
        return row(certificate).orElseThrow().added().shard();
    }

    /** The same certificates as the door sees them. */
    public KnownCertificates known() {
        return new MemoryKnownCertificates(this, devices);
    }

    @Override
    public synchronized Recording record(NewCertificate added, AuditEvent event) {
        failure.strike();
        Sha256 key = added.certificate().keyHash();
        if (!keyOwners.getOrDefault(key, added.holder()).equals(added.holder())) {
            return new Recording.KeyTaken();
        }
        Optional<IssuedCertificate> answered = answered(added);
        if (answered.isPresent()) {
            return new Recording.AnsweredBefore(answered.get());
        }
        if (added.credential() instanceof Credential.Code(var code) && !codes.spendable(code)) {
            return new Recording.CodeSpent();
        }
        Optional<Device.State> inactivity = inactivity(added.holder());
        if (inactivity.isPresent()) {
            return new Recording.DeviceNotActive(inactivity.get());
        }
        requireNewSerial(added);
        return new Recording.Recorded(add(added, event));
    }

    @Override
    public synchronized Optional<IssuedCertificate> recordedFor(RequestFingerprint request) {
        return rows.stream()
                .filter(row -> row.added().request().equals(request))
                .max(Comparator.comparingInt(row -> row.added().round()))
                .map(MemoryRow::issued);
    }

    @Override
    public synchronized Optional<IssuedCertificate> find(CertificateDer certificate) {
        return row(certificate).map(MemoryRow::issued);
    }

    @Override
    public synchronized List<IssuedCertificate> findBySerial(SerialNumber serial) {
        return matching(row -> row.serial().equals(serial));
    }

    @Override
    public synchronized Optional<Holder> holderOfKey(Sha256 keyHash) {
        return Optional.ofNullable(keyOwners.get(keyHash));
    }

    @Override
    public synchronized boolean claimKey(Sha256 keyHash, Holder holder) {
        failure.strike();
        return holder.equals(keyOwners.computeIfAbsent(keyHash, _ -> holder));
    }

    @Override
    public synchronized List<IssuedCertificate> list(CertificateQuery query) {
        return matching(row -> row.answers(query)).stream().limit(query.limit()).toList();
    }

    synchronized List<MemoryRow> rows() {
        return List.copyOf(rows);
    }

    synchronized void replace(MemoryRow before, MemoryRow after) {
        rows.set(rows.indexOf(before), after);
    }

    synchronized Optional<MemoryRow> row(CertificateDer certificate) {
        return rows.stream()
                .filter(row -> row.added().certificate().equals(certificate))
                .findFirst();
    }

    /** The one that was issued for another key on this certificate's authority, and has been used. */
    synchronized Optional<SerialNumber> successorInUse(CertificateDer certificate) {
        var authority = new Credential.OwnCertificate(certificate.fingerprint());
        return rows.stream()
                .filter(row -> row.added().credential().equals(authority))
                .filter(row -> !row.added().certificate().keyHash().equals(certificate.keyHash()))
                .filter(row -> row.firstUsedAt().isPresent())
                .map(MemoryRow::serial)
                .findFirst();
    }

    synchronized void noteUse(CertificateDer certificate, Instant at) {
        rows.replaceAll(row -> row.added().certificate().equals(certificate)
                        && row.firstUsedAt().isEmpty()
                ? row.usedFirst(at)
                : row);
    }

    /** Answered in this round; or its code was used for it, which it can be once only. */
    private Optional<IssuedCertificate> answered(NewCertificate added) {
        return rows.stream()
                .filter(row -> row.added().request().equals(added.request()))
                .filter(row -> row.added().round() == added.round() || added.credential() instanceof Credential.Code)
                .max(Comparator.comparingInt(row -> row.added().round()))
                .map(MemoryRow::issued);
    }

    private Optional<Device.State> inactivity(Holder holder) {
        return holder.kind() == Holder.Kind.DEVICE
                ? devices.find(new DeviceId(holder.name()))
                        .map(Device::state)
                        .filter(state -> state != Device.State.ACTIVE)
                : Optional.empty();
    }

    private void requireNewSerial(NewCertificate added) {
        SerialNumber serial = added.certificate().serial();
        if (rows.stream().anyMatch(row -> row.named(added.issuer(), serial))) {
            throw new SerialTakenException(serial);
        }
    }

    private IssuedCertificate add(NewCertificate added, AuditEvent event) {
        if (added.credential() instanceof Credential.Code(var code)) {
            codes.spend(code, event.at());
        }
        keyOwners.put(added.certificate().keyHash(), added.holder());
        var row = new MemoryRow(added, event.at(), new Standing.Good(), Optional.empty());
        rows.add(row);
        audit.append(event);
        return row.issued();
    }

    private List<IssuedCertificate> matching(Predicate<MemoryRow> wanted) {
        return rows.stream()
                .filter(wanted)
                .sorted(Comparator.comparing(row -> row.serial().value()))
                .map(MemoryRow::issued)
                .toList();
    }
}
