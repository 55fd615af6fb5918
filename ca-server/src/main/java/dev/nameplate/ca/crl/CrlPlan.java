package dev.nameplate.ca.crl;

import dev.nameplate.ca.authority.Authorities;
import dev.nameplate.ca.authority.CrlKey;
import dev.nameplate.ca.authority.CrlTerms;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which CRLs there have to be: of every generation whose key is here, until the last certificate it signed has expired. */
public final class CrlPlan {
    private final Authorities authorities;
    private final Map<IssuerName, CrlTerms> terms;
    private final Supplier<List<CrlPoint>> wanted;
    private final Map<IssuerGeneration, Instant> ends = new HashMap<>();
    private List<CrlPoint> noted = List.of();

    /**
     * @param terms of issuers that the settings name; the usual ones are for all others
     * @param wanted the distribution points of the profiles, for the generations that sign now
     */
    public CrlPlan(Authorities authorities, Map<IssuerName, CrlTerms> terms, Supplier<List<CrlPoint>> wanted) {
        this.authorities = authorities;
        this.terms = Map.copyOf(terms);
        this.wanted = wanted;
    }

    /** Remembers where certificates say that their shard is; to be done before there is a certificate that says so. */
    void notePoints(CrlRegister register) {
        noted = register.points();
        List<CrlPoint> missing = wanted.get().stream()
                .filter(point -> noted.stream().noneMatch(known -> covers(known, point)))
                .toList();
        if (!missing.isEmpty()) {
            missing.forEach(register::note);
            noted = register.points();
        }
    }

    /** @param published what is there, for what has ended */
    SortedMap<CrlScope, PlannedCrl> at(
            Instant now, Map<CrlScope, PublishedCrl> published, RevokedCertificates revoked) {
        SortedMap<CrlScope, PlannedCrl> plan = new TreeMap<>();
        for (CrlKey key : authorities.crlKeys()) {
            if (key.objectionAt(now).isEmpty()) {
                for (PlannedCrl planned : of(key)) {
                    if (!over(planned, Optional.ofNullable(published.get(planned.scope())), revoked)) {
                        plan.put(planned.scope(), planned);
                    }
                }
            }
        }
        return plan;
    }

    List<IssuerGeneration> generations() {
        return authorities.crlKeys().stream().map(CrlKey::generation).toList();
    }

    private List<PlannedCrl> of(CrlKey key) {
        CrlTerms usual = terms.getOrDefault(key.generation().issuer(), CrlTerms.usual());
        List<CrlPoint> points = noted.stream()
                .filter(point -> point.issuer().equals(key.generation()))
                .toList();
        int shards = points.stream().mapToInt(CrlPoint::shards).max().orElse(0);
        List<PlannedCrl> all = new ArrayList<>();
        all.add(new PlannedCrl(CrlScope.full(key.generation()), key, usual, List.of()));
        for (int shard = 1; shard <= shards; shard++) {
            var scope = new CrlScope(key.generation(), shard);
            List<String> urls = points.stream()
                    .filter(point -> point.shards() >= scope.shard())
                    .map(point -> point.of(scope))
                    .toList();
            all.add(new PlannedCrl(scope, key, usual, urls));
        }
        return all;
    }

    /** One more follows after the last certificate has expired (RFC 5280, 3.3), and a last one when the key is to be destroyed. */
    private boolean over(PlannedCrl planned, Optional<PublishedCrl> published, RevokedCertificates revoked) {
        if (planned.key().ending()) {
            return published.map(crl -> crl.times().last()).orElse(true);
        }
        if (!planned.key().retired() || published.isEmpty()) {
            return false;
        }
        Instant end = ends.computeIfAbsent(planned.key().generation(), _ -> end(planned.key(), revoked));
        return published.get().times().scheduled().isAfter(end);
    }

    /** Who is retired signs no more certificates, so this stays. */
    private Instant end(CrlKey key, RevokedCertificates revoked) {
        Stream<Instant> cas = authorities.all().stream()
                .filter(record ->
                        record.chain().size() > 1 && record.chain().get(1).equals(key.certificate()))
                .map(record -> record.chain().getFirst().parsed().getNotAfter().toInstant());
        return Stream.concat(cas, revoked.lastExpiry(key.generation()).stream())
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    private static boolean covers(CrlPoint known, CrlPoint point) {
        return known.issuer().equals(point.issuer())
                && known.url().equals(point.url())
                && known.shards() >= point.shards();
    }
}
