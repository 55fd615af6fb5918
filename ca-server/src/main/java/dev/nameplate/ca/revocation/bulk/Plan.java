package dev.nameplate.ca.revocation.bulk;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be revoked together, and how far that is.
 *
 * @param made by whom and when; what expired before that is not in it
 * @param found what it hits, once that is known
 * @param applied who wanted it done, and when
 */
public record Plan(
        PlanId id,
        State state,
        Selection selection,
        Treatment treatment,
        Word made,
        Optional<Found> found,
        Optional<Word> applied,
        Progress progress) {

    /** From a wish to its end. */
    public enum State {
        /** Being told which certificates it is about. */
        DRAFT,
        /** The server finds out what it hits. */
        SELECTING,
        PLANNED,
        /** What was selected makes no plan. */
        FAILED,
        /** Applied, and waits for a second operator. */
        AWAITING,
        REJECTED,
        RUNNING,
        STOPPED,
        DONE
    }

    /** Somebody's word, and when it was given. */
    public record Word(Actor by, Instant at) {}

    /** @param digest over the file that tells of the plan */
    public record Found(World world, Sha256 digest) {}

    /**
     * @param done how many certificates were gone through
     * @param changed how many of them stand elsewhere now
     * @param problem why it makes no plan
     */
    public record Progress(int done, int changed, Optional<Instant> endedAt, Optional<String> problem) {
        static final Progress NONE = new Progress(0, 0, Optional.empty(), Optional.empty());
    }

    static Plan draft(PlanId id, Selection selection, Treatment treatment, Word made) {
        return new Plan(id, State.DRAFT, selection, treatment, made, Optional.empty(), Optional.empty(), Progress.NONE);
    }

    int certificates() {
        return found.map(what -> what.world().certificates()).orElse(0);
    }
}
