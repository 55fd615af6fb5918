package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.KeyOrigin;
import dev.nameplate.ca.factory.Patience;
import dev.nameplate.ca.factory.Protection;
import dev.nameplate.ca.factory.Serials;
import dev.nameplate.ca.factory.Window;
import dev.nameplate.ca.factory.WorkOrder;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A work order.
 *
 * @param keys where they come from; device, if nothing is said
 * @param serials any, if nothing is said
 */
record NewBatch(
        BatchName name,
        String product,
        ProfileName profile,
        Long quota,
        Optional<Keys> keys,
        Optional<Range> serials,
        Optional<Limits> limits,
        List<OperatorName> stations) {
    NewBatch {
        stations = List.copyOf(stations);
    }

    /** @param protection of keys that are injected */
    record Keys(KeyOrigin origin, Optional<Protection> protection) {}

    /** From one id to another, or, without them, a list that is handed in later. */
    record Range(Optional<DeviceId> first, Optional<DeviceId> last) {
        Serials serials() {
            if (first.isEmpty() && last.isEmpty()) {
                return new Serials.Listed();
            }
            if (first.isEmpty() || last.isEmpty()) {
                throw MalformedCallException.field("serials", "serials: first and last go together");
            }
            return new Serials.Range(first.get(), last.get());
        }
    }

    /** What is not said is not limited, but for retries: 3. */
    record Limits(
            Optional<Instant> start,
            Optional<Instant> end,
            Optional<Long> retries,
            Optional<Duration> verifyWithin,
            Optional<Patience.Unverified> unverified) {
        static final Limits NONE =
                new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        private static final long USUAL_RETRIES = 3;

        Patience patience() {
            return new Patience(
                    Math.toIntExact(retries.orElse(USUAL_RETRIES)),
                    verifyWithin,
                    unverified.orElse(Patience.Unverified.LISTED));
        }
    }

    WorkOrder order() {
        try {
            Limits most = limits.orElse(Limits.NONE);
            return new WorkOrder(
                    product,
                    profile,
                    keys.map(NewBatch::keys).orElse(new WorkOrder.Keys(KeyOrigin.DEVICE, Protection.NONE)),
                    Math.toIntExact(quota),
                    serials.map(Range::serials).orElseGet(Serials.Any::new),
                    new Window(most.start(), most.end()),
                    most.patience());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw MalformedCallException.body(String.valueOf(e.getMessage()));
        }
    }

    private static WorkOrder.Keys keys(Keys keys) {
        Protection usual = keys.origin() == KeyOrigin.INJECTED ? Protection.KEY_ENCRYPTION_KEY : Protection.NONE;
        return new WorkOrder.Keys(keys.origin(), keys.protection().orElse(usual));
    }
}
