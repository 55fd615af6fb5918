package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditChain;
import dev.nameplate.ca.audit.AuditEntry;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.AuditLog;
import dev.nameplate.ca.audit.AuditSeal;
import dev.nameplate.ca.audit.Notebook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The audit trail of the fakes. */
public final class MemoryAuditLog implements AuditLog, Notebook {
    private final AuditChain chain = new AuditChain();
    private final List<AuditEntry> entries = new ArrayList<>();
    private final List<AuditSeal> seals = new ArrayList<>();

    synchronized void append(AuditEvent event) {
        entries.add(chain.link(last(), event));
    }

    @Override
    public synchronized List<AuditEntry> entriesAfter(long after, int limit) {
        return entries.stream()
                .filter(entry -> entry.number() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<AuditEntry> last() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    @Override
    public synchronized List<AuditSeal> sealsAfter(long after, int limit) {
        return seals.stream().filter(seal -> seal.number() > after).limit(limit).toList();
    }

    @Override
    public synchronized void seal(AuditSeal seal) {
        if (seals.stream().noneMatch(other -> sameSeal(other, seal))) {
            seals.add(seal);
            seals.sort(Comparator.comparingLong(AuditSeal::number)
                    .thenComparing(other -> other.signer().toString()));
        }
    }

    @Override
    public synchronized void note(AuditEvent event) {
        append(event);
    }

    /** What happened so far, oldest first. */
    public synchronized List<AuditEvent> events() {
        return entries.stream().map(AuditEntry::event).toList();
    }

    /** The actions of what happened so far, oldest first. */
    public List<String> actions() {
        return events().stream().map(AuditEvent::action).toList();
    }

    private static boolean sameSeal(AuditSeal one, AuditSeal other) {
        return one.number() == other.number() && one.signer().equals(other.signer());
    }
}
