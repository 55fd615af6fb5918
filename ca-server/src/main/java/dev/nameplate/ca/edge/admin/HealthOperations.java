package dev.nameplate.ca.edge.admin;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.health.HealthChecks;
import dev.nameplate.ca.operator.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Health: alive, ready, and everything that could be better. */
final class HealthOperations {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Readiness costs a signature and a query, and anybody may ask. */
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final HealthChecks checks;
    private final Examination examination = new Examination(Executors.newVirtualThreadPerTaskExecutor(), PATIENCE);
    private final LoadingCache<Boolean, HealthReport> readiness =
            Caffeine.newBuilder().expireAfterWrite(KEPT).build(_ -> examine());

    HealthOperations(HealthChecks checks) {
        this.checks = checks;
    }

    List<Operation> all() {
        return List.of(
                Operation.get("health", "/health/live")
                        .called("live", "Answers if the process does.")
                        .anybody()
                        .answers(Reply.json("Alive.", Liveness.class), _ -> new Result.Done(new Liveness(true))),
                Operation.get("health", "/health/ready")
                        .called("ready", "Says whether token and database are there. At most a second old.")
                        .otherwise(Reply.unavailable("Not ready; the findings say why.", HealthReport.class))
                        .anybody()
                        .answers(Reply.json("Ready.", HealthReport.class), this::ready),
                Operation.get("health", "/api/v1/doctor")
                        .called("doctor", "Checks everything, with a remedy for whatever is not well.")
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(
                                Reply.json("Findings.", Page.class, FindingView.class),
                                _ -> new Result.Done(new Page<>(examination.of(checks.all()), Optional.empty()))));
    }

    private Result ready(Call call) {
        HealthReport report = readiness.get(true);
        return report.ready() ? new Result.Done(report) : new Result.Otherwise(report);
    }

    private HealthReport examine() {
        List<FindingView> findings = examination.of(checks.needed());
        boolean ready = findings.stream().noneMatch(finding -> finding.state() == Finding.State.FAULT);
        return new HealthReport(ready, findings);
    }
}
