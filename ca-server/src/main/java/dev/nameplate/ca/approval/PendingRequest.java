package dev.nameplate.ca.approval;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request that met every rule and waits for an operator's word, or had it.
 *
 * @param request who asked for what, under which label and for the how-manieth time: the same again is the same request
 * @param expiresAt it is over then, approved or not, unless its certificate is on record
 * @param serial of its certificate, once that is on record
 */
public record PendingRequest(
        PendingId id,
        Sha256 request,
        State state,
        Asked asked,
        Instant askedAt,
        Instant expiresAt,
        Optional<Word> decision,
        Optional<SerialNumber> serial) {

    /** From the wish to its end. */
    public enum State {
        WAITING,
        /** The next time it is asked for, its certificate is issued. */
        APPROVED,
        REJECTED,
        GRANTED,
        EXPIRED
    }

    /**
     * What is asked for.
     *
     * @param credential what the device proved its identity with, as the audit trail has it
     * @param facts what an operator is shown beside that
     */
    public record Asked(
            DeviceId device,
            LabelName label,
            ProfileName profile,
            String credential,
            Purpose purpose,
            Sha256 keyHash,
            Map<String, String> facts) {
        public Asked {
            facts = Map.copyOf(facts);
        }

        Map<String, String> words() {
            Map<String, String> words = new TreeMap<>(facts);
            words.put("label", label.value());
            words.put("profile", profile.value());
            words.put("credential", credential);
            words.put("purpose", purpose.toString());
            words.put("key", keyHash.toString());
            return words;
        }
    }

    /**
     * An operator's word.
     *
     * @param reason 1 to 200 characters, if one was given
     */
    public record Word(Actor by, Instant at, Optional<String> reason) {
        private static final int MAX_REASON = 200;

        public Word {
            if (reason.filter(text -> text.isEmpty() || text.length() > MAX_REASON)
                    .isPresent()) {
                throw new IllegalArgumentException("a reason has 1 to " + MAX_REASON + " characters");
            }
        }
    }

    /** Whether who asks for the same is asking for this one. */
    public boolean stands(Instant now) {
        return state != State.EXPIRED && !overAt(now);
    }

    /** Whether its time is over although nobody made an end of it. */
    boolean overAt(Instant now) {
        return (state == State.WAITING || state == State.APPROVED) && !now.isBefore(expiresAt);
    }
}
