package dev.nameplate.ca.revocation;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * Where every certificate stands. Each change is atomic, with the event and the {@link RevocationChange} of every certificate it
 * changes, and durable when it returns; who has kept something because of how it was has to be told yet
 * ({@link RevocationFeed#settle}).
 */
public interface RevocationRegister extends Standings {
    /** @return empty, and nothing changed, if this generation never issued this serial */
    Optional<Revocation> apply(Order order, IssuerGeneration issuer, SerialNumber serial);

    /**
     * Changes a device, and with it every certificate it has that has not expired.
     *
     * @return empty, and nothing changed, if there is no such device
     */
    Optional<DeviceRevocation> apply(DeviceOrder order, DeviceId device);

    /**
     * Makes holds final whose date has come, the oldest first.
     *
     * @return how many; if it is the limit there may be more
     */
    int finish(Instant now, int limit, Cause cause);
}
