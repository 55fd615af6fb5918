package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.DeviceId;
import java.util.List;

/**
 * What became of a report.
 *
 * @param entries how much of the journal is on record now
 * @param refused entries that changed nothing
 */
record BundleReportTaken(Long entries, List<RefusedEntry> refused) {
    BundleReportTaken {
        refused = List.copyOf(refused);
    }

    /** @param why in one line */
    record RefusedEntry(Long number, DeviceId unit, String type, String why) {}
}
