package dev.nameplate.ca.ocsp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.nameplate.ca.revocation.RevocationChange;
import dev.nameplate.ca.revocation.RevocationListener;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.revocation.Standings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The answers that were given, as long as they are true. What changes is dropped before whoever changed it is told. */
final class KeptAnswers implements RevocationListener {
    private final Cache<CertId, Kept> cache;
    private final Scopes scopes;
    private final Standings standings;
    private final Duration lasts;
    private final InstantSource clock;

    KeptAnswers(OcspSettings settings, Scopes scopes, Standings standings, InstantSource clock) {
        this.cache = Caffeine.newBuilder()
                .maximumSize(settings.kept())
                .executor(Runnable::run)
                // nobody would find it to drop it any more, should it be in the making
                .evictionListener((@Nullable CertId _, @Nullable Kept kept, RemovalCause _) -> forgotten(kept))
                .build();
        this.scopes = scopes;
        this.standings = standings;
        this.lasts = settings.lasts();
        this.clock = clock;
    }

    /** What is kept, if it is whole and holds. */
    Optional<Kept> find(CertId id) {
        return Optional.ofNullable(cache.getIfPresent(id));
    }

    /** What is kept, or one in the making. */
    Kept of(CertId id, Scope scope, Responder responder) {
        Kept kept = cache.get(id, _ -> fresh(id, scope, responder));
        if (kept.holds(clock.millis())) {
            return kept;
        }
        cache.asMap().remove(id, kept);
        return cache.get(id, _ -> fresh(id, scope, responder));
    }

    /** One that nobody keeps. */
    Kept fresh(CertId id, Scope scope, Responder responder) {
        Kept.Source source = new Kept.Source() {
            @Override
            public Optional<Standing> look() {
                return id.serial().flatMap(serial -> standings.of(scope.generation(), serial));
            }

            @Override
            public SignedAnswer sign(Optional<Standing> standing) {
                return KeptAnswers.this.sign(List.of(id), List.of(standing), responder, Optional.empty());
            }
        };
        return new Kept(source, clock.millis(), lasts.toMillis());
    }

    /** Does something with these, and keeps none of them that failed or that says a certificate was never issued. */
    <T> T using(List<CertId> ids, List<Kept> used, Supplier<T> work) {
        try {
            return work.get();
        } finally {
            for (int i = 0; i < used.size(); i++) {
                if (!used.get(i).isWorthKeeping()) {
                    cache.asMap().remove(ids.get(i), used.get(i));
                }
            }
        }
    }

    /** Only where nobody dropped the old one meanwhile. */
    void replace(CertId id, Kept old, Kept next) {
        cache.asMap().replace(id, old, next);
    }

    SignedAnswer sign(
            List<CertId> ids, List<Optional<Standing>> found, Responder responder, Optional<OcspRequest.Nonce> nonce) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant end = now.plus(lasts).isAfter(responder.notAfter()) ? responder.notAfter() : now.plus(lasts);
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < ids.size(); i++) {
            findings.add(new Finding(ids.get(i), found.get(i), now, end));
        }
        byte[] der = responder.sign(findings, nonce, now);
        return new SignedAnswer(der, now, end, nonce.isEmpty() ? SignedAnswer.Use.ALL : SignedAnswer.Use.ONE);
    }

    long size() {
        cache.cleanUp();
        return cache.estimatedSize();
    }

    @Override
    public void changed(List<RevocationChange> changes) {
        for (RevocationChange change : changes) {
            scopes.of(change.issuer()).ifPresent(scope -> drop(scope.ids().of(change.serial())));
        }
    }

    private void drop(List<CertId> ids) {
        for (CertId id : ids) {
            forgotten(cache.asMap().remove(id));
        }
    }

    private static void forgotten(@Nullable Kept kept) {
        if (kept != null) {
            kept.drop();
        }
    }
}
