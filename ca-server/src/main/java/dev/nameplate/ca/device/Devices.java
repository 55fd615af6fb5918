package dev.nameplate.ca.device;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Registers devices and finds them again. */
public final class Devices {
    private final DeviceRegistry registry;
    private final InstantSource clock;

    public Devices(DeviceRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** Refuses a taken id and attributes that {@link Device} does not take. */
    public Registration register(DeviceId id, Map<String, String> attributes, Cause cause) {
        Instant now = clock.instant();
        Optional<Refusal> wrong = Device.objectionTo(attributes).map(why -> new Refusal.FieldWrong("attributes", why));
        if (wrong.isPresent()) {
            return new Registration.Refused(wrong.get());
        }
        var device = new Device(id, Device.State.ACTIVE, attributes, now);
        var event = cause.event(now, "device.registered", Holder.of(id).toString(), attributes);
        return registry.register(device, event)
                ? new Registration.Registered(device)
                : new Registration.Refused(new Refusal.AlreadyExists("device " + id));
    }

    public Optional<Device> find(DeviceId id) {
        return registry.find(id);
    }

    /** At most {@code limit} devices after this one, in the order of their ids. */
    public List<Device> list(Optional<DeviceId> after, int limit) {
        return registry.list(after, limit);
    }
}
