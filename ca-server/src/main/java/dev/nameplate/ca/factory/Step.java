package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.RevocationReason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A step with a unit, other than certifying its key. */
public sealed interface Step {
    /** In which state it leaves the unit. */
    UnitState reaches();

    /**
     * A unit appears on the line.
     *
     * @param attributes of the device, for the profile's templates, should it not be registered yet
     */
    record Reserve(Map<String, String> attributes) implements Step {
        public Reserve {
            attributes = Map.copyOf(attributes);
        }

        @Override
        public UnitState reaches() {
            return UnitState.RESERVED;
        }
    }

    /** The station says that the certificate came a step further. */
    record Advance(UnitState reaches, SerialNumber serial) implements Step {
        public Advance {
            if (reaches != UnitState.DELIVERED && reaches != UnitState.WRITTEN && reaches != UnitState.CLOSED) {
                throw new IllegalArgumentException("a step to " + reaches.word() + " needs more than a station's word");
            }
        }

        UnitChange on(Unit unit, Instant at) {
            return further(unit, serial, reaches, at);
        }
    }

    /** The unit has signed its nonce. */
    record Verify(PossessionProof proof) implements Step {
        @Override
        public UnitState reaches() {
            return UnitState.VERIFIED;
        }

        UnitChange on(Unit unit, Instant at) {
            return further(unit, proof.serial(), UnitState.VERIFIED, at);
        }
    }

    /** The time to prove that it has the key of this certificate is over. */
    record Expire(SerialNumber serial, String reason) implements Step {
        public Expire(SerialNumber serial) {
            this(serial, "not verified in time");
        }

        @Override
        public UnitState reaches() {
            return UnitState.SCRAPPED;
        }

        UnitChange on(Unit unit, Instant at) {
            return unit.state().unconfirmed() && unit.has(serial)
                    ? new Scrap(reason).on(unit, at)
                    : new UnitChange.Unchanged(unit);
        }
    }

    /** For good; its certificate is revoked. */
    record Scrap(String reason) implements Step {
        public Scrap {
            requireReason(reason);
        }

        @Override
        public UnitState reaches() {
            return UnitState.SCRAPPED;
        }

        UnitChange on(Unit unit, Instant at) {
            return switch (unit.state()) {
                case SCRAPPED -> new UnitChange.Unchanged(unit);
                case CLOSED -> notReady(unit, "it left the factory; revoke its certificate instead");
                case RESERVED, KEYED, ISSUED, DELIVERED, WRITTEN, VERIFIED, REWORK ->
                    new UnitChange.Changed(
                            unit.endedAs(UnitState.SCRAPPED, reason, at),
                            unit.certificate().map(_ -> RevocationReason.CESSATION_OF_OPERATION),
                            Tally.SCRAPPED);
            };
        }
    }

    /** Back to the start of the line, under the same id; its certificate is revoked, and it needs a new key. */
    record Rework(String reason) implements Step {
        public Rework {
            requireReason(reason);
        }

        @Override
        public UnitState reaches() {
            return UnitState.REWORK;
        }

        UnitChange on(Unit unit, Instant at) {
            return switch (unit.state()) {
                case REWORK -> new UnitChange.Unchanged(unit);
                case SCRAPPED, CLOSED, RESERVED, KEYED -> notReady(unit, "only a unit that has its key is reworked");
                case ISSUED, DELIVERED, WRITTEN, VERIFIED ->
                    new UnitChange.Changed(
                            unit.endedAs(UnitState.REWORK, reason, at),
                            Optional.of(RevocationReason.SUPERSEDED),
                            Tally.REWORKED);
            };
        }
    }

    private static UnitChange further(Unit unit, SerialNumber serial, UnitState next, Instant at) {
        if (!unit.has(serial)) {
            return notReady(
                    unit,
                    unit.certificate()
                            .map(mine -> "certificate " + serial + " is not its present one, " + mine.serial())
                            .orElse("it has no certificate"));
        }
        if (unit.at(next).isPresent()) {
            return new UnitChange.Unchanged(unit);
        }
        UnitState before = next.before();
        if (unit.state() != before) {
            return notReady(unit, "it is to be " + before.word() + " before it is " + next.word());
        }
        return UnitChange.Changed.to(
                unit.reached(next, at), next == UnitState.VERIFIED ? Tally.VERIFIED : Tally.NOTHING);
    }

    private static UnitChange notReady(Unit unit, String why) {
        return UnitChange.Refused.because(
                new Refusal.UnitNotReady(unit.id(), unit.state().word(), why));
    }

    private static void requireReason(String reason) {
        if (!reason.matches("[^\\p{Cntrl}]{1,200}")) {
            throw new IllegalArgumentException("reason is not 1 to 200 characters in one line");
        }
    }
}
