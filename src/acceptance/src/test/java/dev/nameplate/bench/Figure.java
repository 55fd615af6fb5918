package dev.nameplate.bench;

import java.util.Optional;

/**
 * One measured figure.
 *
 * @param reference measured in the same run, in the same unit
 */
record Figure(String name, String unit, Spread measured, Optional<Goal> goal, Optional<Reference> reference) {
    record Reference(String name, double value) {}

    /** @param limit in the figure's unit */
    record Goal(Bound bound, double limit, String words) {
        boolean reachedBy(double value) {
            return bound == Bound.AT_MOST ? value <= limit : value >= limit;
        }
    }

    enum Bound {
        AT_MOST,
        AT_LEAST
    }

    static Figure of(String name, String unit, Spread measured) {
        return new Figure(name, unit, measured, Optional.empty(), Optional.empty());
    }

    Figure atMost(double limit, String words) {
        return new Figure(name, unit, measured, Optional.of(new Goal(Bound.AT_MOST, limit, words)), reference);
    }

    Figure atLeast(double limit, String words) {
        return new Figure(name, unit, measured, Optional.of(new Goal(Bound.AT_LEAST, limit, words)), reference);
    }

    Figure beside(String what, double value) {
        return new Figure(name, unit, measured, goal, Optional.of(new Reference(what, value)));
    }

    Optional<Boolean> reached() {
        return goal.map(wanted -> wanted.reachedBy(measured.median()));
    }

    /** The figure as a multiple of its reference. */
    Optional<Double> ratio() {
        return reference.map(other -> measured.median() / other.value());
    }
}
