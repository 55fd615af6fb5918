package dev.nameplate.ca.approval;

import java.time.Duration;
import java.util.Optional;

/** Somebody outside whom the settings let decide. */
@FunctionalInterface
public interface Judge {
    Judgement on(Wish wish);

    /** What it said. */
    sealed interface Judgement {
        record Admits(Optional<String> reason) implements Judgement {}

        record Refuses(Optional<String> reason) implements Judgement {}

        /** It is for an operator to say. */
        record AsksAnOperator(Optional<String> reason) implements Judgement {}

        /** Nothing that can be understood, or nothing at all: nobody is let in on that. */
        record Silent(String why, Duration retryAfter) implements Judgement {}
    }
}
