package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.OperatorName;
import java.time.Instant;

/** A machine on a line: the operator of the same name, with the role station. */
public record Station(OperatorName name, String site, Instant addedAt) {
    public Station {
        if (!site.matches("[\\x20-\\x7e]{1,64}")) {
            throw new IllegalArgumentException("site is not 1 to 64 printable ASCII characters");
        }
    }
}
