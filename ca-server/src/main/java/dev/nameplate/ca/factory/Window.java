package dev.nameplate.ca.factory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** When an order may be worked on: from its start to before its end. */
public record Window(Optional<Instant> start, Optional<Instant> end) {
    public static final Window ALWAYS = new Window(Optional.empty(), Optional.empty());

    public Window {
        start = start.map(at -> at.truncatedTo(ChronoUnit.MICROS));
        end = end.map(at -> at.truncatedTo(ChronoUnit.MICROS));
        if (start.isPresent() && end.isPresent() && !start.get().isBefore(end.get())) {
            throw new IllegalArgumentException("end is not after start: " + start.get() + " to " + end.get());
        }
    }

    Optional<String> objectionAt(Instant now) {
        if (start.filter(now::isBefore).isPresent()) {
            return Optional.of("it starts at " + start.get());
        }
        return end.filter(at -> !now.isBefore(at)).map(at -> "it ended at " + at);
    }
}
