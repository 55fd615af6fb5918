package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.pki.IssuerGeneration;
import java.util.List;
import java.util.Optional;

/** Every issuer generation that OCSP speaks for now, retired ones included. */
public final class Scopes {
    private volatile List<Scope> all = List.of();

    public void set(List<Scope> scopes) {
        all = List.copyOf(scopes);
    }

    public List<Scope> all() {
        return all;
    }

    /** The issuer of all of these; nothing if it is none of ours, or they have several: one responder cannot speak for two. */
    Optional<Scope> of(List<CertId> ids) {
        for (Scope scope : all) {
            if (ids.stream().allMatch(scope.ids()::areIn)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }

    Optional<Scope> of(IssuerGeneration generation) {
        return all.stream()
                .filter(scope -> scope.generation().equals(generation))
                .findFirst();
    }
}
