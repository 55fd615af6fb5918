package dev.nameplate.ca.station;

import dev.nameplate.ca.factory.offline.BundleHeader;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells the CA's time by a clock that may be wrong by years, as long as it goes: from what it showed when the bundle was drawn.
 *
 * @param drawnLocally what the station's clock showed then
 */
record BundleClock(BundleHeader header, Instant drawnLocally) {
    /** @param latest what the station's clock showed at most since; one that was put back does not bring time back */
    Instant now(Instant local, Instant latest) {
        Instant shown = local.isBefore(latest) ? latest : local;
        Instant since = shown.isBefore(drawnLocally) ? drawnLocally : shown;
        return header.drawnAt().plus(Duration.between(drawnLocally, since));
    }
}
