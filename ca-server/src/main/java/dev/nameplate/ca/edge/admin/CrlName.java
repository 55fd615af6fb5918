package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerName;

/** A CRL of an issuer: {@code g1} for all that its first generation issued, {@code g1-7} for the seventh shard of it. */
record CrlName(String value) {
    private static final IssuerName ANY = new IssuerName("any");

    CrlName {
        value = CrlScope.of(ANY, value).name();
    }

    CrlScope of(IssuerName issuer) {
        return CrlScope.of(issuer, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
