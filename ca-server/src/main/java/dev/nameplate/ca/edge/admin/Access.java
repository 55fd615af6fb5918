package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.operator.Role;
import java.util.Set;

/** Who may call an operation. */
sealed interface Access {
    /** Anybody, without a certificate: only for the two health paths. */
    record Anybody() implements Access {}

    /** Operators with at least one of these roles. */
    record Roles(Set<Role> roles) implements Access {
        public Roles {
            if (roles.isEmpty()) {
                throw new IllegalArgumentException("an operation that nobody may call");
            }
            roles = Set.copyOf(roles);
        }
    }
}
