package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.KeyOrigin;
import dev.nameplate.ca.factory.Patience;
import dev.nameplate.ca.factory.Protection;
import dev.nameplate.ca.factory.Serials;
import dev.nameplate.ca.factory.WorkOrder;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A batch as the API shows it. */
record BatchView(
        BatchName name,
        Batch.State state,
        String product,
        ProfileName profile,
        Quota quota,
        Rules rules,
        List<OperatorName> stations,
        Life life) {

    /** When it was made, and closed. */
    record Life(Instant createdAt, Optional<Instant> closedAt) {}

    /** How many units may get a certificate, did, and may yet. */
    record Quota(Long units, Long used, Long remaining) {}

    /**
     * What holds for its units.
     *
     * @param serials {@code any}, {@code listed}, or the first and the last id
     */
    record Rules(
            String serials,
            KeyOrigin keys,
            Protection protection,
            Optional<Instant> start,
            Optional<Instant> end,
            Long retries,
            Optional<Duration> verifyWithin,
            Patience.Unverified unverified) {}

    static BatchView of(Batch batch) {
        WorkOrder order = batch.order();
        return new BatchView(
                batch.name(),
                batch.state(),
                order.product(),
                order.profile(),
                new Quota((long) order.quota(), (long) batch.used(), (long) batch.remaining()),
                rules(order),
                batch.stations().stream()
                        .sorted(Comparator.comparing(OperatorName::value))
                        .toList(),
                new Life(batch.createdAt(), batch.closedAt()));
    }

    private static Rules rules(WorkOrder order) {
        return new Rules(
                serials(order.serials()),
                order.keys().origin(),
                order.keys().protection(),
                order.window().start(),
                order.window().end(),
                (long) order.patience().retries(),
                order.patience().verifyWithin(),
                order.patience().unverified());
    }

    private static String serials(Serials serials) {
        return switch (serials) {
            case Serials.Any() -> "any";
            case Serials.Listed() -> "listed";
            case Serials.Range(var first, var last) -> first + " to " + last;
        };
    }
}
