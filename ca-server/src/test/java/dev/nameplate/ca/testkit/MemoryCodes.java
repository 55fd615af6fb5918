package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.EnrolmentCode;
import dev.nameplate.ca.device.EnrolmentCodes;
import dev.nameplate.ca.pki.DeviceId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** One-time codes, forgotten with the test. */
public final class MemoryCodes implements EnrolmentCodes {
    private static final int MAX_OF_DEVICE = 100;
    private static final Comparator<EnrolmentCode> NEWEST_FIRST = Comparator.comparing(EnrolmentCode::createdAt)
            .reversed()
            .thenComparing(code -> code.id().value());

    private final MemoryDevices devices;
    private final MemoryAuditLog audit;
    private final NextFailure failure = new NextFailure();
    private final TreeMap<String, EnrolmentCode> codes = new TreeMap<>();

    public MemoryCodes(MemoryDevices devices, MemoryAuditLog audit) {
        this.devices = devices;
        this.audit = audit;
    }

    /** The next change finds the database away. */
    public void failNext() {
        failure.arm();
    }

    @Override
    public synchronized boolean add(EnrolmentCode code, AuditEvent event) {
        failure.strike();
        if (devices.find(code.device()).isEmpty()) {
            return false;
        }
        codes.put(code.id().value(), code);
        audit.append(event);
        return true;
    }

    @Override
    public synchronized List<EnrolmentCode> of(DeviceId device) {
        return codes.values().stream()
                .filter(code -> code.device().equals(device))
                .sorted(NEWEST_FIRST)
                .limit(MAX_OF_DEVICE)
                .toList();
    }

    @Override
    public synchronized Optional<EnrolmentCode> find(CodeId id) {
        return Optional.ofNullable(codes.get(id.value()));
    }

    @Override
    public synchronized List<EnrolmentCode> list(Optional<CodeId> after, int limit) {
        return after.map(id -> codes.tailMap(id.value(), false)).orElse(codes).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean cancel(CodeId id, Instant at, AuditEvent event) {
        failure.strike();
        Optional<EnrolmentCode> code = find(id).filter(MemoryCodes::open);
        code.ifPresent(found -> {
            put(found, found.usedAt(), Optional.of(at));
            audit.append(event);
        });
        return code.isPresent();
    }

    synchronized boolean spendable(CodeId id) {
        return find(id).filter(MemoryCodes::open).isPresent();
    }

    synchronized void spend(CodeId id, Instant at) {
        find(id).ifPresent(code -> put(code, Optional.of(at), code.cancelledAt()));
    }

    private static boolean open(EnrolmentCode code) {
        return code.usedAt().isEmpty() && code.cancelledAt().isEmpty();
    }

    private void put(EnrolmentCode code, Optional<Instant> usedAt, Optional<Instant> cancelledAt) {
        codes.put(
                code.id().value(),
                new EnrolmentCode(
                        code.id(),
                        code.device(),
                        code.label(),
                        code.hash(),
                        code.createdAt(),
                        code.expiresAt(),
                        usedAt,
                        cancelledAt));
    }
}
