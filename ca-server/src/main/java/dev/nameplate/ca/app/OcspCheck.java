package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.IssuerKey;
import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.health.HealthCheck;
import dev.nameplate.ca.ocsp.Responder;
import dev.nameplate.ca.ocsp.Scope;
import dev.nameplate.ca.ocsp.Scopes;
import dev.nameplate.hsm.VaultHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether OCSP can speak for every generation: a certificate that is good for a while, and a key that signs. */
final class OcspCheck implements HealthCheck {
    /** Renewal begins days before. */
    private static final Duration ENOUGH = Duration.ofDays(3);

    private final Core core;
    private final Scopes scopes;
    private final ResponderKeys keys;

    OcspCheck(Core core, Scopes scopes, ResponderKeys keys) {
        this.core = core;
        this.scopes = scopes;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "ocsp";
    }

    @Override
    public Finding find() {
        Instant now = core.means().clock().instant();
        return scopes.all().stream()
                .flatMap(scope -> objection(scope, now).stream())
                .findFirst()
                .orElseGet(() -> Finding.ok(scopes.all().size() + " responders have good certificates and sign"));
    }

    private Optional<Finding> objection(Scope scope, Instant now) {
        Optional<Instant> end = scope.responder()
                .map(Responder::certificate)
                .map(certificate -> certificate.parsed().getNotAfter().toInstant());
        if (end.isEmpty() || !end.get().isAfter(now)) {
            return Optional.of(Finding.fault(
                    "OCSP has no good responder certificate for " + scope.generation(),
                    "see the log for why it was not issued; the server goes on trying"));
        }
        if (end.get().isBefore(now.plus(ENOUGH)) && end.get().isBefore(issuersEnd(scope))) {
            return Optional.of(Finding.warning(
                    "the OCSP responder certificate for " + scope.generation() + " ends at " + end.get()
                            + " and is not renewed",
                    "see the log for why it was not issued; the server goes on trying"));
        }
        return keys.keyOf(scope.generation()).flatMap(key -> switch (core.vault()
                .probe(key)) {
            case VaultHealth.Healthy _ -> Optional.empty();
            case VaultHealth.Unhealthy(var reason) ->
                Optional.of(Finding.fault(
                        "the OCSP key for " + scope.generation() + " does not sign: " + reason.getMessage(),
                        "bring the token back; kept answers are served meanwhile, as long as they last"));
        });
    }

    private Instant issuersEnd(Scope scope) {
        return core.authorities()
                .answerableKeyFor(scope.generation())
                .map(IssuerKey::notAfter)
                .orElse(Instant.MAX);
    }
}
