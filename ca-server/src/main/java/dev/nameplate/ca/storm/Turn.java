package dev.nameplate.ca.storm;

import dev.nameplate.ca.refusal.Refusal;

/** Whether a candidate may go on now. */
public sealed interface Turn {
    /** It holds a place among those at work until it says that it ended. */
    record Now(Runnable whenItEnds) implements Turn {
        /** To be called once, whatever came of it. */
        public void end() {
            whenItEnds.run();
        }
    }

    record Later(Refusal refusal) implements Turn {}
}
