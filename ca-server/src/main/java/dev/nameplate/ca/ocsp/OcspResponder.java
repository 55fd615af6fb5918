package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.revocation.Freshness;
import dev.nameplate.ca.revocation.RevocationListener;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.Standings;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Says where certificates stand (RFC 6960, 9919). An answer for everybody is signed once and kept while it is true; nobody is told
 * what was true before a change that its author was told of.
 */
public final class OcspResponder {
    /** A certificate that changes more often than this while it is asked for has no answer just now. */
    private static final int MOST_ATTEMPTS = 10;

    private final Scopes scopes;
    private final KeptAnswers kept;
    private final Freshness freshness;
    private final Bucket live;
    private final World world;

    /** What is around it. */
    public record World(InstantSource clock, Executor background, OcspListener listener) {}

    /** @param freshness whether what is kept may be given away unseen */
    public OcspResponder(OcspSettings settings, Scopes scopes, Standings standings, Freshness freshness, World world) {
        this.scopes = scopes;
        this.kept = new KeptAnswers(settings, scopes, standings, world.clock());
        this.freshness = freshness;
        this.live = Bucket.builder()
                .addLimit(limit -> limit.capacity(settings.livePerSecond())
                        .refillGreedy(settings.livePerSecond(), Duration.ofSeconds(1)))
                .withNanosecondPrecision()
                .build();
        this.world = world;
    }

    /** To be told of every change of a standing. */
    public RevocationListener listener() {
        return kept;
    }

    /** About how many answers are kept. */
    public long keptAnswers() {
        return kept.size();
    }

    /** The answer, if it is at hand: never waits. */
    public Optional<SignedAnswer> atHand(OcspRequest request) {
        if (!request.isPlain() || !freshness.current()) {
            return Optional.empty();
        }
        CertId id = request.ids().getFirst();
        Optional<Kept> found = kept.find(id);
        long now = world.clock().millis();
        Optional<SignedAnswer> answer = found.flatMap(one -> one.ready(now));
        if (answer.isPresent()) {
            world.listener()
                    .saidAgain(
                            OcspListener.Status.of(found.get().standing()),
                            now - answer.get().madeMillis());
            if (found.get().takeRenewal(now)) {
                renew(id, found.get());
            }
        }
        return answer;
    }

    /**
     * The answer, looked up and signed if need be. What it throws means that there is none now: {@link OcspError#TRY_LATER} for a
     * token or a database that is away.
     */
    public OcspAnswer answer(OcspRequest request) {
        OcspAnswer answer = scopes.of(request.ids())
                .map(scope -> answer(request, scope))
                .orElseGet(() -> new OcspAnswer.Denied(OcspError.UNAUTHORIZED));
        return answer instanceof OcspAnswer.Denied(var error) ? deny(error) : answer;
    }

    /** For whoever found out before this was asked. */
    public OcspAnswer deny(OcspError error) {
        world.listener().denied(error);
        return new OcspAnswer.Denied(error);
    }

    private OcspAnswer answer(OcspRequest request, Scope scope) {
        Optional<Responder> responder = scope.responder()
                .filter(one -> one.notAfter().isAfter(world.clock().instant()));
        if (responder.isEmpty()) {
            return new OcspAnswer.Denied(OcspError.TRY_LATER);
        }
        boolean single = request.ids().size() == 1;
        if (request.isPlain()) {
            return forAll(request.ids().getFirst(), scope, responder.get());
        }
        if (live.tryConsume(1)) {
            return ofOnesOwn(request, scope, responder.get());
        }
        // The most complete answer there is: without the nonce (RFC 9919, 3.2.1).
        return single
                ? forAll(request.ids().getFirst(), scope, responder.get())
                : new OcspAnswer.Denied(OcspError.TRY_LATER);
    }

    private OcspAnswer forAll(CertId id, Scope scope, Responder responder) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            boolean trusted = freshness.current();
            Kept one = trusted ? kept.of(id, scope, responder) : lookedAtAgain(id, scope, responder);
            Optional<OcspAnswer> answer = kept.using(List.of(id), List.of(one), () -> forAll(one));
            if (stillTrue(List.of(one), trusted)) {
                return answer.orElseGet(() -> new OcspAnswer.Denied(OcspError.TRY_LATER));
            }
        }
        return new OcspAnswer.Denied(OcspError.TRY_LATER);
    }

    /** Nothing, if it would need a signature that only this caller profits from, and too many want that. */
    private Optional<OcspAnswer> forAll(Kept one) {
        Optional<Standing> standing = one.standing();
        return standing.isEmpty() && !live.tryConsume(1) ? Optional.empty() : Optional.of(said(one.answer(), standing));
    }

    /** What is kept counts only if the records say the same. */
    private Kept lookedAtAgain(CertId id, Scope scope, Responder responder) {
        Kept now = kept.fresh(id, scope, responder);
        Optional<Standing> standing = now.standing();
        return kept.find(id)
                .filter(before -> before.ready(world.clock().millis()).isPresent())
                .filter(before -> before.standing().equals(standing))
                .orElse(now);
    }

    private OcspAnswer ofOnesOwn(OcspRequest request, Scope scope, Responder responder) {
        List<CertId> ids = request.ids();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            boolean trusted = freshness.current();
            List<Kept> all = ids.stream()
                    .map(id -> trusted ? kept.of(id, scope, responder) : kept.fresh(id, scope, responder))
                    .toList();
            OcspAnswer answer = kept.using(ids, all, () -> {
                List<Optional<Standing>> found =
                        all.stream().map(Kept::standing).toList();
                return said(kept.sign(ids, found, responder, request.nonce()), found.getFirst());
            });
            if (stillTrue(all, trusted)) {
                return answer;
            }
        }
        return new OcspAnswer.Denied(OcspError.TRY_LATER);
    }

    /** Looked at last, right before an answer leaves. */
    private boolean stillTrue(List<Kept> used, boolean trusted) {
        return used.stream().noneMatch(Kept::dropped) && (!trusted || freshness.current());
    }

    private OcspAnswer said(SignedAnswer answer, Optional<Standing> standing) {
        world.listener().said(OcspListener.Status.of(standing));
        return new OcspAnswer.Said(answer);
    }

    /** Before its time is over, and while it is given away. */
    private void renew(CertId id, Kept old) {
        Optional<Scope> scope = scopes.of(List.of(id));
        Optional<Responder> responder = scope.flatMap(Scope::responder);
        if (responder.isPresent()) {
            Kept next = kept.fresh(id, scope.get(), responder.get());
            world.background()
                    .execute(() -> next.attempt()
                            .ifPresentOrElse(world.listener()::notRenewed, () -> kept.replace(id, old, next)));
        }
    }
}
