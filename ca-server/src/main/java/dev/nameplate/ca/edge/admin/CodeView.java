package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.EnrolmentCode;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import java.time.Instant;
import java.util.Optional;

/**
 * A one-time code as the API shows it, without the code itself.
 *
 * @param label the only label it is good for; any, if absent
 */
record CodeView(
        CodeId id,
        DeviceId device,
        Optional<LabelName> label,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> usedAt,
        Optional<Instant> cancelledAt) {
    static CodeView of(EnrolmentCode code) {
        return new CodeView(
                code.id(),
                code.device(),
                code.label(),
                code.createdAt(),
                code.expiresAt(),
                code.usedAt(),
                code.cancelledAt());
    }
}
