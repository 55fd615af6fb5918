package dev.nameplate.ca.revocation;

/** Whether this process is sure to hear of every change before whoever made it is answered. */
@FunctionalInterface
public interface Freshness {
    /** While it is not, nothing that was kept about a certificate's standing may be given away without looking it up again. */
    boolean current();
}
