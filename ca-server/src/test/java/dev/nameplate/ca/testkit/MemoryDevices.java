package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.DeviceRegistry;
import dev.nameplate.ca.pki.DeviceId;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The registry of devices, forgotten with the test. */
public final class MemoryDevices implements DeviceRegistry {
    private final MemoryAuditLog audit;
    private final NextFailure failure = new NextFailure();
    private final TreeMap<String, Device> devices = new TreeMap<>();

    public MemoryDevices(MemoryAuditLog audit) {
        this.audit = audit;
    }

    /** The next change finds the database away. */
    public void failNext() {
        failure.arm();
    }

    @Override
    public synchronized boolean register(Device device, AuditEvent event) {
        failure.strike();
        if (devices.putIfAbsent(device.id().value(), device) != null) {
            return false;
        }
        audit.append(event);
        return true;
    }

    /** Replaces a device as an operator's hold would, for tests that need a held one. */
    public synchronized void put(Device device) {
        devices.put(device.id().value(), device);
    }

    @Override
    public synchronized Optional<Device> find(DeviceId id) {
        return Optional.ofNullable(devices.get(id.value()));
    }

    @Override
    public synchronized List<Device> list(Optional<DeviceId> after, int limit) {
        return after.map(id -> devices.tailMap(id.value(), false)).orElse(devices).values().stream()
                .limit(limit)
                .toList();
    }
}
