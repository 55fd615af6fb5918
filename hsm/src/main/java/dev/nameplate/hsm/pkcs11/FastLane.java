package dev.nameplate.hsm.pkcs11;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a few quick calls run on their caller's own thread. Handing a call to another thread and back costs as much as a
 * signature that a token in this process makes; but a native call pins a virtual thread's carrier, so only calls that were
 * quick many times running may do it, and never so many that no carrier is left should the token stop answering.
 */
final class FastLane {
    private static final Duration QUICK = Duration.ofMillis(1);
    private static final int TIMES_RUNNING = 32;

    private final Semaphore places;

    /**
     * A lane that leaves one carrier free.
     *
     * @param carriers how many threads carry virtual threads, at least 1
     */
    FastLane(int carriers) {
        this.places = new Semaphore(carriers - 1);
    }

    /** As many carriers as the JVM was told to have, else one per processor. */
    static int carriers() {
        return Integer.getInteger(
                "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
    }

    boolean tryEnter(Pace pace) {
        return pace.quick() && places.tryAcquire();
    }

    void leave() {
        places.release();
    }

    /** How long one kind of call takes. One slow call is enough to lose the lane. */
    static final class Pace {
        private final AtomicInteger quickOnes = new AtomicInteger();

        void took(Duration time) {
            if (time.compareTo(QUICK) > 0) {
                quickOnes.set(0);
            } else if (!quick()) {
                quickOnes.incrementAndGet();
            }
        }

        boolean quick() {
            return quickOnes.get() >= TIMES_RUNNING;
        }
    }
}
