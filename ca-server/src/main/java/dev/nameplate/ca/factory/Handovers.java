package dev.nameplate.ca.factory;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.lease.Turn;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Hands each station of a batch its key-encryption key, once; the same call again gets the same octets. */
public final class Handovers {
    private final BatchRegister batches;
    private final HandoverRegister handovers;
    private final KekBook book;
    private final KekMaker maker;
    private final InstantSource clock;
    private final Turn turn;

    /** @param turn of all processes: of two that make the key of one station, each would destroy the other's */
    public Handovers(Registers registers, KekMaker maker, Turn turn, InstantSource clock) {
        this.batches = registers.batches();
        this.handovers = registers.handovers();
        this.book = registers.book();
        this.maker = maker;
        this.turn = turn;
        this.clock = clock;
    }

    /** What is on record of batches and of their keys. */
    public record Registers(BatchRegister batches, HandoverRegister handovers, KekBook book) {}

    /** Makes a key-encryption key. */
    @FunctionalInterface
    public interface KekMaker {
        /** One that was made before, and is not on record, is nobody's and destroyed first. */
        Handover.Kek make(Batch batch, Caller station, SubjectPublicKeyInfo recipient);
    }

    /** What became of a wish for a key-encryption key. */
    public sealed interface Outcome {
        /** @param former those before it that units' keys may still be under */
        record Handed(Handover handover, List<FormerKek> former) implements Outcome {
            public Handed {
                former = List.copyOf(former);
            }
        }

        record Refused(Refusal refusal) implements Outcome {}
    }

    /** @param recipient the station's own key: RSA from 2048 bits, or on P-256, P-384 or P-521 */
    public Outcome hand(BatchName name, SubjectPublicKeyInfo recipient, Caller station, Cause cause) {
        Optional<Batch> batch = batches.find(name);
        Optional<Refusal> objection = batch.isEmpty()
                ? Optional.of(new Refusal.NotFound("batch " + name))
                : objectionTo(batch.get(), station);
        if (objection.isPresent()) {
            return new Outcome.Refused(objection.get());
        }
        return turn.alone(() -> hand(batch.orElseThrow(), recipient, station, cause))
                .orElseGet(() -> new Outcome.Refused(new Refusal.NotPossibleNow(
                        "batch " + name, "another process hands over a key-encryption key just now; ask again")));
    }

    private Outcome hand(Batch batch, SubjectPublicKeyInfo recipient, Caller station, Cause cause) {
        Sha256 key = Keys.hashOf(recipient);
        Optional<Handover> before = handovers.find(batch.name(), station.name());
        if (before.isPresent()) {
            return before.get().recipient().equals(key)
                    ? handed(before.get(), recipient)
                    : new Outcome.Refused(new Refusal.NotPossibleNow(
                            "batch " + batch.name(), "its key-encryption key went to another key of this station"));
        }
        Instant now = clock.instant();
        Optional<Refusal> closed = batch.objectionToWorkAt(now);
        if (closed.isPresent()) {
            return new Outcome.Refused(closed.get());
        }
        try {
            Handover.Kek kek = maker.make(batch, station, recipient);
            Map<String, String> facts = Map.of(
                    "station", station.name().value(),
                    "check-value", kek.checkValue(),
                    "recipient", key.toString(),
                    "made", kek.insideToken() ? "inside the token" : "outside the token");
            Handover first = handovers.record(
                    new Handover(batch.name(), station.name(), key, kek, now),
                    cause.event(now, "kek.handed-over", "batch:" + batch.name(), facts));
            return handed(first, recipient);
        } catch (IllegalArgumentException unfit) {
            return new Outcome.Refused(new Refusal.FieldWrong("publicKey", String.valueOf(unfit.getMessage())));
        }
    }

    private Outcome handed(Handover handover, SubjectPublicKeyInfo recipient) {
        book.knows(handover.batch(), handover.station(), recipient);
        List<FormerKek> former = book.former(handover.batch()).stream()
                .filter(one -> one.station().equals(handover.station()))
                .toList();
        return new Outcome.Handed(handover, former);
    }

    private static Optional<Refusal> objectionTo(Batch batch, Caller station) {
        return station.objectionTo(batch)
                .or(() -> station.objectionToLineWork(batch.name()))
                .or(() -> batch.order().keys().protection() == Protection.KEY_ENCRYPTION_KEY
                        ? Optional.empty()
                        : Optional.of(new Refusal.NotPossibleNow(
                                "batch " + batch.name(), "its keys are not wrapped by a key-encryption key")));
    }
}
