package dev.nameplate.ca.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Notes each thing once in a while, however often it happens: whoever knocks for hours does not fill the trail. */
public final class SparingNotes {
    private static final int MOST_REMEMBERED = 10_000;

    private final Notebook notebook;
    private final InstantSource clock;
    private final Cache<String, Boolean> noted;

    /** @param pause for how long the same thing is not noted again */
    public SparingNotes(Notebook notebook, Duration pause, InstantSource clock) {
        this.notebook = notebook;
        this.clock = clock;
        this.noted = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(pause)
                .ticker(() -> nanos(clock.instant()))
                .executor(Runnable::run)
                .build();
    }

    /**
     * @param what is the same for the same thing
     * @return whether it was noted now
     */
    public boolean note(String what, Function<Instant, AuditEvent> event) {
        if (noted.asMap().putIfAbsent(what, true) != null) {
            return false;
        }
        boolean durable = false;
        try {
            notebook.note(event.apply(clock.instant()));
            durable = true;
        } finally {
            if (!durable) {
                noted.invalidate(what);
            }
        }
        return true;
    }

    private static long nanos(Instant now) {
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
