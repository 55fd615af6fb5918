package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.renewal.Pull;
import dev.nameplate.ca.renewal.PullId;
import dev.nameplate.ca.renewal.PullStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renewals pulled forward, in memory. */
public final class MemoryPulls implements PullStore {
    private final List<Pull> pulls = new ArrayList<>();
    private final MemoryAuditLog audit;

    public MemoryPulls(MemoryAuditLog audit) {
        this.audit = audit;
    }

    @Override
    public synchronized void add(Pull pull, AuditEvent event) {
        pulls.addFirst(pull);
        audit.append(event);
    }

    @Override
    public synchronized Optional<Pull> find(PullId id) {
        return pulls.stream().filter(pull -> pull.id().equals(id)).findFirst();
    }

    @Override
    public synchronized List<Pull> newest(int limit) {
        return pulls.stream().limit(limit).toList();
    }

    @Override
    public synchronized List<Pull> inForce(int limit) {
        return pulls.stream()
                .filter(pull -> pull.cancelled().isEmpty())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean cancel(PullId id, Pull.Word word, AuditEvent event) {
        Optional<Pull> found = find(id).filter(pull -> pull.cancelled().isEmpty());
        found.ifPresent(pull -> {
            pulls.set(
                    pulls.indexOf(pull),
                    new Pull(pull.id(), pull.selector(), pull.window(), pull.why(), pull.made(), Optional.of(word)));
            audit.append(event);
        });
        return found.isPresent();
    }
}
