package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.IssuerRegistry;
import dev.nameplate.ca.pki.IssuerGeneration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Issuers, forgotten with the test. */
public final class MemoryIssuers implements IssuerRegistry {
    private final MemoryAuditLog audit;
    private final Map<IssuerGeneration, IssuerRecord> issuers = new HashMap<>();

    public MemoryIssuers(MemoryAuditLog audit) {
        this.audit = audit;
    }

    @Override
    public synchronized boolean add(IssuerRecord issuer, AuditEvent event) {
        if (issuers.putIfAbsent(issuer.generation(), issuer) != null) {
            return false;
        }
        audit.append(event);
        return true;
    }

    @Override
    public synchronized boolean update(IssuerRecord issuer, AuditEvent event) {
        IssuerRecord before = issuers.get(issuer.generation());
        if (before == null) {
            return false;
        }
        issuers.put(
                issuer.generation(),
                new IssuerRecord(
                        issuer.generation(), issuer.state(), before.keyUri(), issuer.chain(), before.createdAt()));
        audit.append(event);
        return true;
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
