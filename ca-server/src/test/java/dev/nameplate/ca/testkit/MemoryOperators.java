package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.operator.OperatorRegistry;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.OperatorName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Operators, forgotten with the test. */
public final class MemoryOperators implements OperatorRegistry {
    private final MemoryAuditLog audit;
    private final TreeMap<String, Operator> operators = new TreeMap<>();

    public MemoryOperators(MemoryAuditLog audit) {
        this.audit = audit;
    }

    @Override
    public synchronized boolean add(Operator operator, AuditEvent event) {
        if (operators.putIfAbsent(operator.name().value(), operator) != null) {
            return false;
        }
        audit.append(event);
        return true;
    }

    @Override
    public synchronized boolean remove(OperatorName name, Instant at, AuditEvent event) {
        Optional<Operator> leaving = find(name).filter(Operator::active).filter(this::dispensable);
        leaving.ifPresent(operator -> {
            operators.put(name.value(), new Operator(name, operator.roles(), operator.addedAt(), Optional.of(at)));
            audit.append(event);
        });
        return leaving.isPresent();
    }

    @Override
    public synchronized Optional<Operator> find(OperatorName name) {
        return Optional.ofNullable(operators.get(name.value()));
    }

    @Override
    public synchronized List<Operator> list() {
        return List.copyOf(operators.values());
    }

    private boolean dispensable(Operator leaving) {
        return !leaving.roles().contains(Role.ADMIN)
                || operators.values().stream()
                                .filter(operator ->
                                        operator.active() && operator.roles().contains(Role.ADMIN))
                                .count()
                        > 1;
    }
}
