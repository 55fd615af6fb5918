package dev.nameplate.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** Ends what was started and removes what was made, newest first, also when the run is interrupted. */
final class Cleanup implements AutoCloseable {
    /** Something to do at the end, that does not fail. */
    interface Step {
        void run();
    }

    private final Deque<Step> steps = new ArrayDeque<>();

    Cleanup() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    synchronized void add(Step step) {
        steps.push(step);
    }

    @Override
    public synchronized void close() {
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
    }
}
