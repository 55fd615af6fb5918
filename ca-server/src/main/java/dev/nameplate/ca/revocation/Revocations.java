package dev.nameplate.ca.revocation;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Revokes, holds and releases. Doing any of it twice does no harm. When a method returns, what it did is durable and no process
 * says anything else.
 */
public final class Revocations {
    private static final int MOST_AT_ONCE = 500;

    private final RevocationRegister register;
    private final RevocationFeed feed;
    private final InstantSource clock;

    public Revocations(RevocationRegister register, RevocationFeed feed, InstantSource clock) {
        this.register = register;
        this.feed = feed;
        this.clock = clock;
    }

    /** Revokes for good; time and reason stay those of the first time. */
    public Revocation revoke(
            IssuerGeneration issuer,
            SerialNumber serial,
            RevocationReason reason,
            Optional<Instant> invalidityDate,
            Cause cause) {
        return objectionTo(reason, "reason")
                .or(() -> objectionTo(invalidityDate))
                .<Revocation>map(Revocation.Refused::new)
                .orElseGet(() -> apply(new Wish.Revoke(reason, invalidityDate), issuer, serial, cause));
    }

    /** Holds, until it is released or becomes final. */
    public Revocation hold(IssuerGeneration issuer, SerialNumber serial, Optional<Finality> becomes, Cause cause) {
        if (becomes.filter(end -> !end.at().isAfter(clock.instant())).isPresent()) {
            return new Revocation.Refused(new Refusal.FieldWrong("finalAt", "it is not in the future"));
        }
        return apply(new Wish.Hold(becomes, Ground.ITSELF), issuer, serial, cause);
    }

    public Revocation release(IssuerGeneration issuer, SerialNumber serial, Cause cause) {
        return apply(new Wish.Release(Ground.ITSELF), issuer, serial, cause);
    }

    public DeviceRevocation hold(DeviceId device, Cause cause) {
        return apply(DeviceOrder.hold(clock.instant(), cause), device);
    }

    public DeviceRevocation release(DeviceId device, Cause cause) {
        return apply(DeviceOrder.release(clock.instant(), cause), device);
    }

    /** Ends a device for ever. */
    public DeviceRevocation decommission(DeviceId device, RevocationReason reason, Cause cause) {
        return objectionTo(reason, "reason")
                .<DeviceRevocation>map(DeviceRevocation.Refused::new)
                .orElseGet(() -> apply(DeviceOrder.decommission(reason, clock.instant(), cause), device));
    }

    /** Makes the holds final whose date has come. */
    public void finishHolds() {
        int finished;
        do {
            finished = register.finish(clock.instant(), MOST_AT_ONCE, Cause.SYSTEM);
            if (finished > 0) {
                feed.settle();
            }
        } while (finished == MOST_AT_ONCE);
    }

    private Revocation apply(Wish wish, IssuerGeneration issuer, SerialNumber serial, Cause cause) {
        Optional<Revocation> outcome = register.apply(new Order(wish, clock.instant(), cause), issuer, serial);
        feed.settle();
        return outcome.orElseGet(
                () -> new Revocation.Refused(new Refusal.NotFound("certificate " + serial + " of " + issuer)));
    }

    private DeviceRevocation apply(DeviceOrder order, DeviceId device) {
        Optional<DeviceRevocation> outcome = register.apply(order, device);
        feed.settle();
        return outcome.orElseGet(() -> new DeviceRevocation.Refused(new Refusal.NotFound("device " + device)));
    }

    private Optional<Refusal> objectionTo(Optional<Instant> invalidityDate) {
        return invalidityDate
                .filter(date -> date.isAfter(clock.instant()))
                .map(_ -> new Refusal.FieldWrong("invalidityDate", "it is in the future"));
    }

    private static Optional<Refusal> objectionTo(RevocationReason reason, String field) {
        return reason == RevocationReason.CERTIFICATE_HOLD
                ? Optional.of(new Refusal.FieldWrong(
                        field, reason + " can be undone and revoking cannot; hold, or give another reason"))
                : Optional.empty();
    }
}
