package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.renewal.Pull;
import dev.nameplate.ca.renewal.PullId;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A pull as the API shows it.
 *
 * @param selection everything given, by name
 */
record PullView(
        PullId id,
        Map<String, String> selection,
        Instant start,
        Instant end,
        String reason,
        Optional<String> explanation,
        PlanView.Said made,
        Optional<PlanView.Said> cancelled) {
    static PullView of(Pull pull) {
        return new PullView(
                pull.id(),
                pull.selector().words(),
                pull.window().start(),
                pull.window().end(),
                pull.why().reason(),
                pull.why().explanation().map(URI::toString),
                said(pull.made()),
                pull.cancelled().map(PullView::said));
    }

    private static PlanView.Said said(Pull.Word word) {
        return new PlanView.Said(word.by().value(), word.at());
    }
}
