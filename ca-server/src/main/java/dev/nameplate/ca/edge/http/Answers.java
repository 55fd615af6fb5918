package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.authority.SigningUnavailableException;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.hsm.VaultException;
import dev.nameplate.hsm.VaultUnavailableException;
import io.javalin.http.HttpResponseException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The one place where a "no" becomes HTTP, whichever of the three kinds it is. */
public final class Answers {
    private static final Duration LEDGER_WAIT = Duration.ofSeconds(5);
    private static final Duration VAULT_WAIT = Duration.ofMinutes(1);
    private static final String VAULT_AWAY = "the key vault is unavailable; try again later";
    private final RandomGenerator random;

    /** @param random spreads the Retry-After of many callers that were sent away at the same moment */
    public Answers(RandomGenerator random) {
        this.random = random;
    }

    /** A decision against the caller. */
    public Answer to(Refusal refusal) {
        return of(refusal);
    }

    /** What this refusal is called and says, where it is a part of an answer. */
    public static Answer of(Refusal refusal) {
        return RefusalTable.answer(refusal);
    }

    /** Input that is no message, a broken world, or a fault of ours: of that the caller learns the request's id alone. */
    public Answer to(Throwable problem, RequestId request) {
        return switch (problem) {
            case MalformedMessageException e -> new Answer(400, "malformed", message(e));
            case VaultUnavailableException e ->
                new Answer(503, "vault-unavailable", VAULT_AWAY).after(spread(e.retryAfter()));
            case VaultException e -> vaultBroken();
            case SigningUnavailableException e -> vaultBroken();
            case LedgerUnavailableException e ->
                new Answer(503, "ledger-unavailable", "the database is unavailable; try again later")
                        .after(spread(LEDGER_WAIT));
            case HttpResponseException e -> new Answer(e.getStatus(), "http", message(e));
            default -> new Answer(500, "fault", "the server failed; its log tells why under request " + request);
        };
    }

    /** Somebody has to look at it first. */
    private Answer vaultBroken() {
        return new Answer(503, "vault-unavailable", VAULT_AWAY).after(spread(VAULT_WAIT));
    }

    /** More requests than the door bears. */
    Answer busy() {
        return new Answer(503, "busy", "too many requests at once; try again later")
                .after(spread(Duration.ofSeconds(1)));
    }

    /** Between the wait and twice the wait, at least a second. */
    private Duration spread(Duration wait) {
        long millis = Math.max(1000, wait.toMillis());
        return Duration.ofMillis(millis + random.nextLong(millis + 1));
    }

    private static String message(Throwable problem) {
        String message = problem.getMessage();
        return message == null ? "the request is not acceptable" : message;
    }
}
