package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.BatchReport;
import dev.nameplate.ca.factory.Hour;
import dev.nameplate.ca.factory.Tally;
import dev.nameplate.ca.pki.OperatorName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A batch in numbers.
 *
 * @param units how many are in each state
 */
record BatchReportView(BatchView batch, Map<String, Long> units, TallyView total, List<HourView> hours) {
    BatchReportView {
        hours = List.copyOf(hours);
    }

    /**
     * What happened.
     *
     * @param yieldPercent of those that came to an end, good ones
     */
    record TallyView(
            Long issued, Long retried, Long verified, Long scrapped, Long reworked, Optional<Double> yieldPercent) {
        static TallyView of(Tally tally) {
            return new TallyView(
                    (long) tally.issued(),
                    (long) tally.retried(),
                    (long) tally.verified(),
                    (long) tally.scrapped(),
                    (long) tally.reworked(),
                    BatchReport.yieldPercent(tally));
        }
    }

    /**
     * A station's hour.
     *
     * @param takt how long a verified unit took on the whole
     */
    record HourView(OperatorName station, Instant from, TallyView did, Optional<Duration> takt) {
        static HourView of(Hour hour, BatchReport report) {
            return new HourView(hour.station(), hour.from(), TallyView.of(hour.tally()), report.takt(hour));
        }
    }

    static BatchReportView of(BatchReport report) {
        Map<String, Long> units = new TreeMap<>();
        report.counts().forEach((state, count) -> units.put(state.word(), count.longValue()));
        return new BatchReportView(
                BatchView.of(report.batch()),
                units,
                TallyView.of(report.total()),
                report.hours().stream().map(hour -> HourView.of(hour, report)).toList());
    }
}
