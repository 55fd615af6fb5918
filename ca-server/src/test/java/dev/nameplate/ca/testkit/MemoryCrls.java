package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.crl.CrlEntry;
import dev.nameplate.ca.crl.CrlPoint;
import dev.nameplate.ca.crl.CrlRecords;
import dev.nameplate.ca.crl.CrlRegister;
import dev.nameplate.ca.crl.PublishedCrl;
import dev.nameplate.ca.crl.RevokedCertificates;
import dev.nameplate.ca.lease.Leases;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.revocation.RevocationChange;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** CRLs of a {@link MemoryStore}; leases last until they are given back. */
public final class MemoryCrls implements CrlRegister, RevokedCertificates, Leases {
    private final MemoryStore store;
    private final NextFailure failure = new NextFailure();
    private final TreeMap<CrlScope, PublishedCrl> published = new TreeMap<>();
    private final Map<String, CrlPoint> points = new TreeMap<>();
    private final Map<String, String> leases = new HashMap<>();
    private Optional<Runnable> onRead = Optional.empty();
    private boolean dies;

    public MemoryCrls(MemoryStore store) {
        this.store = store;
    }

    public CrlRecords records() {
        return new CrlRecords(this, this, Optional.empty(), this);
    }

    /** The next record finds the database away. */
    public void failNext() {
        failure.arm();
    }

    /** The next record is kept, and then the process is gone. */
    public void dieAfterRecording() {
        dies = true;
    }

    /** The next time that revoked certificates are read, this happens before. */
    public void onRead(Runnable what) {
        onRead = Optional.of(what);
    }

    @Override
    public synchronized List<PublishedCrl> all() {
        return List.copyOf(published.values());
    }

    @Override
    public synchronized long version() {
        return published.values().stream().mapToLong(PublishedCrl::number).sum();
    }

    @Override
    public synchronized boolean record(PublishedCrl crl, AuditEvent event) {
        failure.strike();
        PublishedCrl last = published.get(crl.scope());
        if (crl.number() != (last == null ? 1 : last.number() + 1)) {
            return false;
        }
        published.put(crl.scope(), crl);
        store.audit().append(event);
        if (dies) {
            dies = false;
            throw new IllegalStateException("killed");
        }
        return true;
    }

    @Override
    public synchronized List<CrlPoint> points() {
        return List.copyOf(points.values());
    }

    @Override
    public synchronized void note(CrlPoint point) {
        points.merge(
                point.issuer() + " " + point.url(),
                point,
                (before, after) -> before.shards() > after.shards() ? before : after);
    }

    @Override
    public long newestChange() {
        return store.revocations().newest();
    }

    @Override
    public Map<CrlScope, Long> touchedAfter(long change) {
        Map<CrlScope, Long> touched = new HashMap<>();
        for (RevocationChange one : store.revocations().after(change, Integer.MAX_VALUE)) {
            touched.merge(new CrlScope(one.issuer(), one.shard()), one.number(), Math::max);
        }
        return touched;
    }

    @Override
    public <T> T read(CrlScope scope, Instant expiredBefore, Reader<T> reader) throws IOException {
        Optional<Runnable> before = onRead;
        onRead = Optional.empty();
        before.ifPresent(Runnable::run);
        List<CrlEntry> entries = new ArrayList<>();
        store.ledger().rows().stream()
                .filter(row -> row.added().issuer().equals(scope.issuer()))
                .filter(row -> scope.isFull() || row.added().shard() == scope.shard())
                .filter(row -> !row.issued().notAfter().isBefore(expiredBefore))
                .forEach(row -> entry(row).ifPresent(entries::add));
        return reader.read(entries.iterator());
    }

    @Override
    public Optional<Instant> lastExpiry(IssuerGeneration issuer) {
        return store.ledger().rows().stream()
                .filter(row -> row.added().issuer().equals(issuer))
                .map(row -> row.issued().notAfter())
                .max(Instant::compareTo);
    }

    @Override
    public synchronized boolean take(String name, String holder, Duration lasts) {
        return leases.computeIfAbsent(name, _ -> holder).equals(holder);
    }

    @Override
    public synchronized void release(String name, String holder) {
        leases.remove(name, holder);
    }

    private static Optional<CrlEntry> entry(MemoryRow row) {
        byte[] serial = row.serial().value().toByteArray();
        return switch (row.standing()) {
            case Standing.Good() -> Optional.empty();
            case Standing.Held held ->
                Optional.of(CrlEntry.of(
                        serial, held.at().getEpochSecond(), RevocationReason.CERTIFICATE_HOLD.code(), CrlEntry.NOWHEN));
            case Standing.Revoked(var at, var reason, var invalidity) ->
                Optional.of(CrlEntry.of(
                        serial,
                        at.getEpochSecond(),
                        reason.code(),
                        invalidity.map(Instant::getEpochSecond).orElse(CrlEntry.NOWHEN)));
        };
    }
}
