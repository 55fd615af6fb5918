package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.OperatorName;
import java.util.List;

/**
 * Somebody who shall use the operator door.
 *
 * @param csr a PKCS#10 request in PEM, made where the key is
 */
record NewOperator(OperatorName name, List<Role> roles, String csr) {
    NewOperator {
        roles = List.copyOf(roles);
    }
}
