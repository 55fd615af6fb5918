package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.OperatorName;
import java.time.Instant;

/** A station, and the one-time code by which it enrols at the label station. */
record AddedStation(OperatorName name, String site, String code, Instant codeExpiresAt) {
    /** Without the code. */
    @Override
    public String toString() {
        return "AddedStation[" + name + "]";
    }
}
