package dev.nameplate.ca.factory;

import dev.nameplate.ca.issuance.Recording;
import java.util.Optional;

/**
 * What became of a unit's certificate where it is recorded.
 *
 * @param unit as it is now, if this very certificate was recorded
 */
public record UnitRecording(Recording recording, Optional<Unit> unit) {
    public static UnitRecording without(Recording recording) {
        return new UnitRecording(recording, Optional.empty());
    }
}
