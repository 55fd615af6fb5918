package dev.nameplate.ca.operator;

import dev.nameplate.ca.pki.OperatorName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Somebody with access to the operator door. Known by name; proves it with a certificate whose holder is that name. */
public record Operator(OperatorName name, Set<Role> roles, Instant addedAt, Optional<Instant> removedAt) {
    public Operator {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("an operator has at least one role");
        }
        roles = Set.copyOf(roles);
    }

    public boolean active() {
        return removedAt.isEmpty();
    }
}
