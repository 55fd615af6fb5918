package dev.nameplate.ca.revocation;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is to become of a device, and of each of its certificates.
 *
 * @param state which state it is to have
 * @param certificates for each of its certificates
 */
public record DeviceOrder(Device.State state, Order certificates) {
    /** It cannot enrol, and its certificates are held, until it is released. */
    public static DeviceOrder hold(Instant at, Cause cause) {
        return of(Device.State.HELD, new Wish.Hold(Optional.empty(), Ground.DEVICE), at, cause);
    }

    /** Takes a hold back; a certificate that was held by itself stays held. */
    public static DeviceOrder release(Instant at, Cause cause) {
        return of(Device.State.ACTIVE, new Wish.Release(Ground.DEVICE), at, cause);
    }

    /** Ends it for ever: its certificates are revoked, and neither its id nor its keys are ever accepted again. */
    public static DeviceOrder decommission(RevocationReason reason, Instant at, Cause cause) {
        return of(Device.State.DECOMMISSIONED, new Wish.Revoke(reason, Optional.empty()), at, cause);
    }

    private static DeviceOrder of(Device.State state, Wish wish, Instant at, Cause cause) {
        return new DeviceOrder(state, new Order(wish, at, cause));
    }

    /** @return why this cannot become of it, if it cannot */
    public Optional<Refusal> objectionTo(Device device) {
        return device.state() == Device.State.DECOMMISSIONED && state != Device.State.DECOMMISSIONED
                ? Optional.of(new Refusal.NotPossibleNow("device " + device.id(), "it is decommissioned for ever"))
                : Optional.empty();
    }

    /** Tells of the change of the device; each of its certificates has its own event. */
    public AuditEvent event(DeviceId device) {
        String action = switch (state) {
            case ACTIVE -> "device.released";
            case HELD -> "device.held";
            case DECOMMISSIONED -> "device.decommissioned";
        };
        Map<String, String> facts = certificates.wish() instanceof Wish.Revoke(var reason, var _)
                ? Map.of("reason", reason.toString())
                : Map.of();
        return certificates
                .cause()
                .event(certificates.at(), action, Holder.of(device).toString(), facts);
    }
}
