package dev.nameplate.ca.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Walks the recorded trail page by page, entries and seals in one order, while others go on writing it. */
final class TrailWalk {
    private static final int PAGE = 500;

    private final AuditLog log;
    private final Deque<AuditSeal> seals = new ArrayDeque<>();
    private long sealsRead;
    private boolean moreSeals = true;

    TrailWalk(AuditLog log) {
        this.log = log;
    }

    /** Shows the entries up to this number, and the seals that cover them or tell of entries that are gone. */
    <X extends Exception> void show(long through, TrailVisitor<X> visitor) throws X {
        long at = 0;
        while (at < through) {
            List<AuditEntry> page = log.entriesAfter(at, PAGE);
            if (page.isEmpty()) {
                break;
            }
            for (AuditEntry entry : page) {
                if (entry.number() > through) {
                    break;
                }
                if (!visitor.entry(entry) || !showSeals(entry.number(), visitor)) {
                    return;
                }
            }
            at = page.getLast().number();
        }
        showOrphans(visitor);
    }

    private <X extends Exception> boolean showSeals(long through, TrailVisitor<X> visitor) throws X {
        while (nextSealCovers(through)) {
            if (!visitor.seal(seals.remove())) {
                return false;
            }
        }
        return true;
    }

    /** A seal beyond the last entry: that entry was written since the walk began, or it was taken away. */
    private <X extends Exception> void showOrphans(TrailVisitor<X> visitor) throws X {
        if (nextSealCovers(Long.MAX_VALUE)) {
            long last = log.last().map(AuditEntry::number).orElse(0L);
            AuditSeal seal = seals.remove();
            if (seal.number() > last) {
                visitor.seal(seal);
            }
        }
    }

    private boolean nextSealCovers(long through) {
        if (seals.isEmpty() && moreSeals) {
            read(log.sealsAfter(sealsRead, PAGE));
        }
        return !seals.isEmpty() && seals.element().number() <= through;
    }

    /** Of a full page the last number is left for the next page, which may have more seals of it. */
    private void read(List<AuditSeal> page) {
        moreSeals = page.size() == PAGE;
        long end = moreSeals ? page.getLast().number() : Long.MAX_VALUE;
        page.stream().filter(seal -> seal.number() < end).forEach(seals::add);
        sealsRead = moreSeals ? end - 1 : sealsRead;
    }
}
