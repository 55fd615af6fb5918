package dev.nameplate.ca.store;

import org.h2.mvstore.MVStore;

/**
 * The file under an H2, and when which part of it may be overwritten.
 *
 * <p>H2 appends a chunk per sync and overwrites chunks that became obsolete. On its own it forgets an obsolete chunk and writes
 * the next one over it in one go. Killed in the middle of that, it finds that the newest complete chunk still lists the one
 * half overwritten, mistrusts it, and falls back to an older state: synced commits are lost. Here it overwrites nothing until a
 * chunk that no longer lists the obsolete ones is on the disk: {@link #tidy} appends that chunk and only then lets go of their
 * space; between two tidyings H2 is told to keep whatever becomes obsolete.
 */
final class Pages {
    /** With these, H2 neither forgets nor moves chunks by itself, not even when it is closed. */
    static final String OPTIONS = ";RETENTION_TIME=2147483647;AUTO_COMPACT_FILL_RATE=0;MAX_COMPACT_TIME=0";

    private static final int FOR_EVER = Integer.MAX_VALUE;

    /** The store's version, which H2 does not use, is counted up so that there is something to write. */
    private static final int MOST_MARKS = 0xff;

    private final MVStore store;

    Pages(MVStore store) {
        this.store = store;
    }

    long fileSize() {
        return store.getFileStore().size();
    }

    /**
     * H2's background thread may have taken a commit away a moment before and be still writing it; {@code CHECKPOINT SYNC} does
     * not wait for that, so it may return before the commit is in the file. This waits.
     */
    void makeDurable() {
        store.commit();
        store.executeFilestoreOperation(store::sync);
    }

    /** Frees what is obsolete. */
    void tidy() {
        store.setReuseSpace(false);
        appendChunk();
        letGo();
        makeDurable();
        store.setReuseSpace(true);
    }

    /**
     * Puts a chunk behind all others. It is alive, so what is appended next comes after it, and not over an obsolete chunk at the
     * end of the file that the newest one still lists.
     */
    private void appendChunk() {
        store.setStoreVersion((store.getStoreVersion() + 1) & MOST_MARKS);
        makeDurable();
    }

    private void letGo() {
        store.setRetentionTime(0);
        try {
            store.executeFilestoreOperation(store.getFileStore()::dropUnusedChunks);
        } finally {
            store.setRetentionTime(FOR_EVER);
        }
    }
}
