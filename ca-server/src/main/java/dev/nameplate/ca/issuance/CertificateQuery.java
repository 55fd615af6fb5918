package dev.nameplate.ca.issuance;

import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import java.util.Optional;

/**
 * Which certificates to list, in the order of their serials.
 *
 * @param after only serials above this one, for the next page
 * @param limit 1 to 1000
 */
public record CertificateQuery(
        Optional<Holder> holder, Optional<ProfileName> profile, Optional<SerialNumber> after, int limit) {
    private static final int MAX_LIMIT = 1000;

    public CertificateQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is not 1 to " + MAX_LIMIT + ": " + limit);
        }
    }
}
