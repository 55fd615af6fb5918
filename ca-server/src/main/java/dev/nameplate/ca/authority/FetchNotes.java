package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.Sha256;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects who fetched a chain with something new in it, and writes it down for many at a time. What it may hold is bounded: a
 * device that finds no room is noted when it asks again.
 */
public final class FetchNotes {
    static final int MOST_WAITING = 20_000;
    static final int MOST_REMEMBERED = 200_000;
    private static final int AT_A_TIME = 500;

    private final Authorities authorities;
    private final FetchedChains fetched;
    private final Map<CertificateDer, Set<IssuerGeneration>> waiting = new LinkedHashMap<>();
    private final Map<Sha256, List<IssuerGeneration>> noted = new HashMap<>();

    public FetchNotes(Authorities authorities, FetchedChains fetched) {
        this.authorities = authorities;
        this.fetched = fetched;
    }

    /** Whoever has this certificate was given {@link Authorities#chainFor}. Writes nothing, and mostly does nothing. */
    public void fetched(IssuerName issuer, CertificateDer certificate) {
        List<IssuerGeneration> news = authorities.newsFor(issuer);
        if (!news.isEmpty()) {
            keep(certificate, news);
        }
    }

    /** Writes down what was collected since. What cannot be written waits for the next time. */
    public void flush() {
        for (Map<CertificateDer, Set<IssuerGeneration>> some = next(); !some.isEmpty(); some = next()) {
            fetched.note(some);
            written(some);
        }
    }

    private synchronized void keep(CertificateDer certificate, List<IssuerGeneration> news) {
        boolean known = noted.getOrDefault(certificate.fingerprint(), List.of()).containsAll(news);
        if (!known && (waiting.size() < MOST_WAITING || waiting.containsKey(certificate))) {
            waiting.computeIfAbsent(certificate, _ -> new HashSet<>()).addAll(news);
        }
    }

    private synchronized Map<CertificateDer, Set<IssuerGeneration>> next() {
        Map<CertificateDer, Set<IssuerGeneration>> some = new LinkedHashMap<>();
        Iterator<Map.Entry<CertificateDer, Set<IssuerGeneration>>> all =
                waiting.entrySet().iterator();
        while (all.hasNext() && some.size() < AT_A_TIME) {
            Map.Entry<CertificateDer, Set<IssuerGeneration>> one = all.next();
            some.put(one.getKey(), Set.copyOf(one.getValue()));
        }
        return some;
    }

    private synchronized void written(Map<CertificateDer, Set<IssuerGeneration>> some) {
        if (noted.size() + some.size() > MOST_REMEMBERED) {
            noted.clear();
        }
        some.forEach((certificate, generations) -> {
            waiting.remove(certificate);
            noted.put(certificate.fingerprint(), List.copyOf(generations));
        });
    }
}
