package dev.nameplate.ca.revocation;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Whether a certificate is revoked. A held one counts as revoked. Times are kept to the microsecond. */
public sealed interface Standing {
    record Good() implements Standing {}

    /**
     * On the wire revoked for {@code certificateHold}; it can be released.
     *
     * @param at since when
     * @param becomes what the hold turns into if nobody releases it
     * @param grounds why it is held, at least one: it is released when none is left
     */
    record Held(Instant at, Optional<Finality> becomes, Set<Ground> grounds) implements Standing {
        public Held {
            grounds = Set.copyOf(grounds);
            if (grounds.isEmpty()) {
                throw new IllegalArgumentException("held for no reason");
            }
        }
    }

    /**
     * For good.
     *
     * @param at since when; if it was held before, since then
     * @param invalidityDate when the key is known or suspected to have been lost (RFC 5280, 5.3.2); whole seconds
     */
    record Revoked(Instant at, RevocationReason reason, Optional<Instant> invalidityDate) implements Standing {}

    /** Since when it counts as revoked, if it does. */
    default Optional<Instant> revokedAt() {
        return switch (this) {
            case Good() -> Optional.empty();
            case Held held -> Optional.of(held.at());
            case Revoked revoked -> Optional.of(revoked.at());
        };
    }
}
