package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.OperatorName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An operator as the API shows it. */
record OperatorView(OperatorName name, List<Role> roles, Instant addedAt, Optional<Instant> removedAt) {
    static OperatorView of(Operator operator) {
        return new OperatorView(
                operator.name(), operator.roles().stream().sorted().toList(), operator.addedAt(), operator.removedAt());
    }
}
