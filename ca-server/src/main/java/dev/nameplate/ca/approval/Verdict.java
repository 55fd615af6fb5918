package dev.nameplate.ca.approval;

import dev.nameplate.ca.refusal.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Whether a request that met every rule is granted. */
public sealed interface Verdict {
    /**
     * @param approval the request whose approval this takes up; {@link Decisions#granted} ends it
     * @param why for the trail
     */
    record Granted(Optional<PendingId> approval, Map<String, String> why) implements Verdict {
        public Granted {
            why = Map.copyOf(why);
        }
    }

    /** @param retryAfter when to ask again, with the same key */
    record Waits(PendingId id, Duration retryAfter) implements Verdict {}

    record Refused(Refusal refusal) implements Verdict {}
}
