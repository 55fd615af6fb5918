package dev.nameplate.ca.storm;

import dev.nameplate.ca.refusal.Refusal;

/** Whether a candidate may go on now. */
public sealed interface Turn {
    /** It holds a place among those at work until it is closed. */
    record Now(Runnable end) implements Turn, AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    record Later(Refusal refusal) implements Turn {}
}
