package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.IssuerRegistry;
import dev.nameplate.ca.pki.IssuerGeneration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Issuers, forgotten with the test. */
public final class MemoryIssuers implements IssuerRegistry {
    private final MemoryAuditLog audit;
    private final Map<IssuerGeneration, IssuerRecord> issuers = new HashMap<>();
    private long version;

    public MemoryIssuers(MemoryAuditLog audit) {
        this.audit = audit;
    }

    @Override
    public synchronized boolean add(IssuerRecord issuer, AuditEvent event) {
        if (issuers.putIfAbsent(issuer.generation(), issuer) != null) {
            return false;
        }
        version++;
        audit.append(event);
        return true;
    }

    @Override
    public synchronized boolean update(IssuerRecord issuer, AuditEvent event) {
        IssuerRecord before = issuers.get(issuer.generation());
        if (before == null) {
            return false;
        }
        put(before, issuer);
        audit.append(event);
        return true;
    }

    @Override
    public synchronized boolean move(List<Move> moves, AuditEvent event) {
        for (Move move : moves) {
            IssuerRecord before = issuers.get(move.to().generation());
            if (before == null || before.state() != move.from()) {
                return false;
            }
        }
        moves.forEach(move -> put(Objects.requireNonNull(issuers.get(move.to().generation())), move.to()));
        audit.append(event);
        return true;
    }

    @Override
    public synchronized long version() {
        return version;
    }

    private void put(IssuerRecord before, IssuerRecord issuer) {
        version++;
        issuers.put(
                issuer.generation(),
                new IssuerRecord(
                        issuer.generation(),
                        issuer.state(),
                        before.keyUri(),
                        issuer.chain(),
                        issuer.links(),
                        before.createdAt(),
                        issuer.since()));
    }

    @Override
    public synchronized List<IssuerRecord> list() {
        return issuers.values().stream()
                .sorted(Comparator.comparing((IssuerRecord issuer) ->
                                issuer.generation().issuer().value())
                        .thenComparingInt(issuer -> issuer.generation().number()))
                .toList();
    }
}
