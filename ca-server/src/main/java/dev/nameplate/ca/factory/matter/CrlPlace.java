package dev.nameplate.ca.factory.matter;

import dev.nameplate.ca.pki.IssuerGeneration;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where the CRLs of issuers are published, each generation's at a place of its own: an entry of the ledger names one signer for good.
 *
 * @param form a URL with <code>${issuer}</code> and <code>${generation}</code> where it names them
 */
public record CrlPlace(String form) {
    private static final String ISSUER = "${issuer}";
    private static final String GENERATION = "${generation}";

    /** What the public door serves under the name of whoever signs at the time. */
    private static final Pattern OF_WHO_SIGNS = Pattern.compile(".*/crl/[^/]+\\.crl");

    public CrlPlace {
        if (OF_WHO_SIGNS.matcher(form).matches()) {
            throw new IllegalArgumentException(
                    form + " changes its signer when the issuer is replaced, and the entry does not;" + " /crl/"
                            + ISSUER + "/g" + GENERATION + ".crl is right");
        }
    }

    public boolean namesIssuer() {
        return form.contains(ISSUER);
    }

    public boolean namesGeneration() {
        return form.contains(GENERATION);
    }

    /** @throws IllegalArgumentException if that is no URL */
    public URI of(IssuerGeneration issuer) {
        return URI.create(
                form.replace(ISSUER, issuer.issuer().value()).replace(GENERATION, Integer.toString(issuer.number())));
    }
}
