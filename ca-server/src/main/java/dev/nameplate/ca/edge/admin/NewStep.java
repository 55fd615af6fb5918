package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.authority.Force;
import java.util.Optional;

/** @param force whether it is done although it cuts somebody off; not, if absent */
record NewStep(Optional<Boolean> force) {
    Force asForce() {
        return force.orElse(false) ? Force.FORCED : Force.NOT;
    }
}
