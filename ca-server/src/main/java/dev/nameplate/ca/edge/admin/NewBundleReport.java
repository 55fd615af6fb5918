package dev.nameplate.ca.edge.admin;

import java.util.List;

/**
 * Lines of a bundle's journal as they stand there, one after the other; at most 200 at once.
 *
 * @param total how many the journal has by now
 */
record NewBundleReport(List<String> lines, Long total) {
    static final int MOST = 200;

    NewBundleReport {
        lines = List.copyOf(lines);
    }
}
