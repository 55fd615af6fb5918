package dev.nameplate.ca.lease;

import java.time.Duration;

/**
 * Turns that processes on one database take. A lease keeps two processes from doing the same work; it cannot keep a process that
 * stood still from going on too late, so what is done under a lease must itself be safe to be done twice.
 */
public interface Leases {
    /**
     * Takes the lease, or makes the one that is held last from now on.
     *
     * @param holder who takes it: different for every process, also after a restart
     * @return false if another holds it and its time has not run out
     */
    boolean take(String name, String holder, Duration lasts);

    /** Gives it back early, if it is held. */
    void release(String name, String holder);
}
