package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.DeviceId;
import java.util.List;

/**
 * What became of public keys that were handed in.
 *
 * @param taken how many are on record, now or from before
 */
record HarvestView(Long taken, List<RefusedKey> refused) {
    HarvestView {
        refused = List.copyOf(refused);
    }

    /** @param why in one line */
    record RefusedKey(DeviceId unit, String type, String why) {}
}
