package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.health.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Runs checks side by side, each for a bounded time. */
final class Examination {
    private final Executor executor;
    private final Duration patience;

    /** @param executor bears as many blocked checks as there are */
    Examination(Executor executor, Duration patience) {
        this.executor = executor;
        this.patience = patience;
    }

    List<FindingView> of(List<HealthCheck> checks) {
        List<CompletableFuture<FindingView>> running =
                checks.stream().map(this::begin).toList();
        return running.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<FindingView> begin(HealthCheck check) {
        return CompletableFuture.supplyAsync(check::find, executor)
                .completeOnTimeout(tooSlow(), patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(Examination::broken)
                .thenApply(finding -> FindingView.of(check.name(), finding));
    }

    private Finding tooSlow() {
        return Finding.fault(
                "did not answer within " + patience.toSeconds() + " seconds", "see whether what it looks at hangs");
    }

    private static Finding broken(Throwable problem) {
        Throwable cause = problem.getCause() == null ? problem : problem.getCause();
        return Finding.fault("the check failed: " + cause.getMessage(), "see the server's log");
    }
}
