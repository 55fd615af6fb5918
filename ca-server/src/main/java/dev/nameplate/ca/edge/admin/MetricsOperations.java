package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.operator.Role;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/** Figures for Prometheus. */
final class MetricsOperations {
    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    MetricsOperations(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    List<Operation> all() {
        return List.of(Operation.get("health", "/metrics")
                .called("metrics", "Figures in the text format of Prometheus.")
                .adminAnd(Role.OPERATOR, Role.AUDITOR)
                .answers(Reply.text("Figures.", FORMAT), _ -> new Result.Written(out -> registry.scrape(out, FORMAT))));
    }
}
