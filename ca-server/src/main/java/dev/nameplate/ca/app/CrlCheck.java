package dev.nameplate.ca.app;

import dev.nameplate.ca.crl.CrlState;
import dev.nameplate.ca.crl.PublishedCrl;
import dev.nameplate.ca.health.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether every CRL is as new as it should be. */
final class CrlCheck {
    /** What publishing may take without anybody being told. */
    private static final Duration LATE = Duration.ofMinutes(10);

    private static final String REMEDY =
            "see the finding about the token, the database or the disk; publishing goes on by itself once they are well";

    private CrlCheck() {}

    static Finding find(List<CrlState> states, Instant now) {
        return states.stream()
                .map(state -> objection(state, now))
                .flatMap(Optional::stream)
                .min((one, other) -> other.state().compareTo(one.state()))
                .orElseGet(() -> Finding.ok(states.size() + " CRLs are up to date"));
    }

    private static Optional<Finding> objection(CrlState state, Instant now) {
        String because = state.trouble().map(reason -> ": " + reason).orElse("");
        if (state.newest().isEmpty()) {
            return Optional.of(Finding.fault("CRL " + state.scope() + " was never published" + because, REMEDY));
        }
        PublishedCrl crl = state.newest().get();
        String name = "CRL " + state.scope() + " of " + crl.times().thisUpdate();
        if (now.isAfter(crl.times().nextUpdate())) {
            return Optional.of(Finding.fault(name + " has ended" + because, REMEDY));
        }
        if (crl.times().thisUpdate().isAfter(now.plus(LATE))) {
            return Optional.of(Finding.fault(
                    name + " is of the future, so whoever has the right time refuses it",
                    "correct the clock of this machine; if it was ahead before, wait until that time has come"));
        }
        if (now.isAfter(state.due().plus(LATE)) || state.trouble().isPresent()) {
            return Optional.of(Finding.warning(name + " should have been replaced" + because, REMEDY));
        }
        return Optional.empty();
    }
}
