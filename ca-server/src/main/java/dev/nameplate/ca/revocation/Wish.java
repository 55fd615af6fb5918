package dev.nameplate.ca.revocation;

import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What somebody wants of a certificate's standing. What comes of it depends on where the certificate stands, and is decided here. */
public sealed interface Wish {
    /** @param at the time of the change, should there be one */
    Revocation on(Standing before, Instant at);

    /** For good. A certificate that was held counts as revoked since it was held. */
    record Revoke(RevocationReason reason, Optional<Instant> invalidityDate) implements Wish {
        public Revoke {
            if (reason == RevocationReason.CERTIFICATE_HOLD) {
                throw new IllegalArgumentException(reason + " can be undone and revoking cannot");
            }
            invalidityDate = invalidityDate.map(date -> date.truncatedTo(ChronoUnit.SECONDS));
        }

        @Override
        public Revocation on(Standing before, Instant at) {
            return switch (before) {
                case Standing.Good() -> changed(at);
                case Standing.Held held -> changed(held.at());
                case Standing.Revoked revoked -> new Revocation.Unchanged(revoked);
            };
        }

        private Revocation changed(Instant since) {
            return new Revocation.Changed(new Standing.Revoked(since, reason, invalidityDate));
        }
    }

    /** Until it is released, or becomes final. Another date replaces the one that a hold has; none leaves it. */
    record Hold(Optional<Finality> becomes, Ground ground) implements Wish {
        @Override
        public Revocation on(Standing before, Instant at) {
            return switch (before) {
                case Standing.Good() -> new Revocation.Changed(new Standing.Held(at, becomes, Set.of(ground)));
                case Standing.Held held -> also(held);
                case Standing.Revoked revoked -> new Revocation.Refused(revokedForGood(revoked));
            };
        }

        private Revocation also(Standing.Held held) {
            Set<Ground> grounds = EnumSet.copyOf(held.grounds());
            grounds.add(ground);
            var after = new Standing.Held(held.at(), becomes.or(held::becomes), grounds);
            return after.equals(held) ? new Revocation.Unchanged(held) : new Revocation.Changed(after);
        }
    }

    /** Takes a hold back. Whatever is held on another ground as well stays held. */
    record Release(Ground ground) implements Wish {
        @Override
        public Revocation on(Standing before, Instant at) {
            return switch (before) {
                case Standing.Good good -> new Revocation.Unchanged(good);
                case Standing.Held held when held.grounds().contains(ground) -> new Revocation.Changed(without(held));
                case Standing.Held held when ground == Ground.DEVICE -> new Revocation.Unchanged(held);
                case Standing.Held _ ->
                    new Revocation.Refused(new Refusal.NotPossibleNow(
                            "certificate", "it is held because its device is; release the device"));
                case Standing.Revoked revoked -> new Revocation.Refused(revokedForGood(revoked));
            };
        }

        private Standing without(Standing.Held held) {
            Set<Ground> left = EnumSet.copyOf(held.grounds());
            left.remove(ground);
            Optional<Finality> becomes = ground == Ground.ITSELF ? Optional.empty() : held.becomes();
            return left.isEmpty() ? new Standing.Good() : new Standing.Held(held.at(), becomes, left);
        }
    }

    /** A hold whose date has come is one no longer. */
    record Finish() implements Wish {
        @Override
        public Revocation on(Standing before, Instant at) {
            return before instanceof Standing.Held held
                            && held.becomes()
                                    .filter(end -> !end.at().isAfter(at))
                                    .isPresent()
                    ? new Revocation.Changed(
                            new Standing.Revoked(held.at(), held.becomes().get().reason(), Optional.empty()))
                    : new Revocation.Unchanged(before);
        }
    }

    /** It stood there already when its issuer came here from another CA. What was said of it here since stays. */
    record Adopted(Standing standing) implements Wish {
        @Override
        public Revocation on(Standing before, Instant at) {
            return switch (before) {
                case Standing.Good() when !(standing instanceof Standing.Good) -> new Revocation.Changed(standing);
                case Standing.Held held
                when standing instanceof Standing.Revoked(var _, var reason, var invalid) ->
                    new Revocation.Changed(new Standing.Revoked(held.at(), reason, invalid));
                case Standing _ -> new Revocation.Unchanged(before);
            };
        }
    }

    private static Refusal revokedForGood(Standing.Revoked revoked) {
        return new Refusal.NotPossibleNow(
                "certificate", "it was revoked for good at " + revoked.at() + ", reason " + revoked.reason());
    }
}
