package dev.nameplate.ca.audit;

/** Is shown a trail piece by piece; answers whether to go on. */
interface TrailVisitor<X extends Exception> {
    boolean entry(AuditEntry entry) throws X;

    /** Comes right after the last entry it covers, if that is there. */
    boolean seal(AuditSeal seal) throws X;
}
