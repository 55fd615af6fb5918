package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.device.CodeCreation;
import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import java.time.Instant;
import java.util.Optional;

/**
 * A one-time code just made.
 *
 * @param code the code itself, which nobody can see again
 */
record CreatedCode(CodeId id, DeviceId device, Optional<LabelName> label, Instant expiresAt, String code) {
    static CreatedCode of(CodeCreation.Created created) {
        var code = created.code();
        return new CreatedCode(
                code.id(),
                code.device(),
                code.label(),
                code.expiresAt(),
                new String(created.text().chars()));
    }

    /** Without the code. */
    @Override
    public String toString() {
        return "CreatedCode[" + id + "]";
    }
}
