package dev.nameplate.ca.lint;

import java.util.function.Consumer;

/** One rule about certificates. */
interface Lint {
    /** Tells every way in which the draft breaks this rule. */
    void check(Draft draft, Consumer<String> finding);
}
