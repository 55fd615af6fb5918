package dev.nameplate.ca.approval.webhook;

import dev.failsafe.CircuitBreaker;
import dev.nameplate.ca.approval.Judge;
import dev.nameplate.ca.approval.Wish;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a webhook. Whatever it does but answer in time lets nobody in: the device is told to come again, and after some failures the
 * webhook is left alone for a while.
 */
public final class Webhook implements Judge, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final int MOST_OCTETS = 16 * 1024;
    private static final int OK = 200;

    private final WebhookSettings settings;
    private final QuestionSignature signature;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final HttpClient client;
    private final Semaphore turns;
    private final CircuitBreaker<Object> circuit;

    public Webhook(WebhookSettings settings, QuestionSignature signature, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.signature = signature;
        this.clock = clock;
        this.random = random;
        this.client = WebhookTls.client(settings.trust(), settings.patience());
        this.turns = new Semaphore(settings.mostAtOnce());
        this.circuit = CircuitBreaker.builder()
                .withFailureThreshold(settings.circuit().failures())
                .withDelay(settings.circuit().pause())
                .build();
    }

    @Override
    public Judgement on(Wish wish) {
        if (!turns.tryAcquire()) {
            return new Judgement.Silent(
                    "the webhook is asked as much as it may be at once", spread(Duration.ofSeconds(2)));
        }
        try {
            return circuit.tryAcquirePermit() ? asked(wish) : leftAlone();
        } finally {
            turns.release();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private Judgement leftAlone() {
        Duration remaining = circuit.getRemainingDelay();
        return new Judgement.Silent("the webhook does not answer", spread(remaining));
    }

    private Judgement asked(Wish wish) {
        try {
            HttpResponse<byte[]> response = answer(request(Question.of(wish)));
            Optional<Judgement> judgement =
                    response.statusCode() == OK ? Reply.read(response.body()) : Optional.empty();
            if (judgement.isPresent()) {
                circuit.recordSuccess();
                return judgement.get();
            }
            return failed(wish, "it answered " + response.statusCode() + " without a decision that is known");
        } catch (ExecutionException e) {
            return failed(wish, String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            return failed(wish, "no answer within " + settings.patience());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(wish, "interrupted");
        }
    }

    private Judgement failed(Wish wish, String why) {
        circuit.recordFailure();
        LOG.warn(
                "the webhook {} decided nothing on request {}, which is refused for now: {}",
                settings.url(),
                wish.from().request(),
                why);
        return new Judgement.Silent(
                "the webhook did not answer", spread(settings.circuit().pause()));
    }

    private HttpRequest request(byte[] body) {
        return HttpRequest.newBuilder(settings.url())
                .timeout(settings.patience())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("Nameplate-Signature", signature.of(body, clock.instant()))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    /** The request's own limit ends with the header of the answer, this one with its last octet. */
    private HttpResponse<byte[]> answer(HttpRequest request)
            throws ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_OCTETS));
        try {
            return answer.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            answer.cancel(true);
        }
    }

    /** Between the wait and twice the wait, at least a second. */
    private Duration spread(Duration wait) {
        long seconds = Math.max(1, wait.toSeconds());
        return Duration.ofSeconds(seconds + random.nextLong(seconds + 1));
    }
}
