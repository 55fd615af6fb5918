package dev.nameplate.ca.audit;

import java.time.Instant;

/** What a check of a trail found. */
public sealed interface AuditVerdict {
    /**
     * Every entry follows from the one before, and every seal is right. Entries after the last seal are only chained: whoever can
     * write the records can rewrite those.
     *
     * @param sealedThrough the last entry a seal covers
     * @param sealedAt when it was sealed; whatever should be there from before that time and is not was never in this trail
     */
    record Intact(long entries, long sealedThrough, Instant sealedAt) implements AuditVerdict {}

    /** The entries follow from each other, but no signature says that they are the ones that were written. */
    record Unsealed(long entries) implements AuditVerdict {}

    /** @param number the first entry that is wrong or missing; 0 for the head of an export */
    record Broken(long number, AuditFault fault) implements AuditVerdict {
        /** One line. */
        public String message() {
            return (number == 0 ? "the head of the export " : "entry " + number + " ") + fault;
        }
    }
}
