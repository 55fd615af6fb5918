package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.bulk.Selection;
import dev.nameplate.ca.revocation.bulk.Treatment;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which certificates are to be revoked together, and how.
 *
 * @param reason needed but for a release
 * @param treatment hold, if absent
 * @param finalAt when a hold becomes final; the settings say, if absent
 */
record NewPlan(
        Which selection,
        Optional<RevocationReason> reason,
        Optional<Treatment.Kind> treatment,
        Optional<Instant> finalAt) {

    /** All of it has to fit, and something has to be given. */
    record Which(
            Optional<Map<String, String>> attributes,
            Optional<ProfileName> profile,
            Optional<IssuerGeneration> issuer,
            Optional<KeyAlgorithm> key,
            Optional<Instant> issuedFrom,
            Optional<Instant> issuedBefore,
            Optional<Selection.Listed> listed) {

        Selection toSelection() {
            try {
                return new Selection(
                        attributes.orElse(Map.of()),
                        profile,
                        issuer,
                        key,
                        issuedFrom,
                        issuedBefore,
                        listed.orElse(Selection.Listed.NOTHING));
            } catch (IllegalArgumentException e) {
                throw MalformedCallException.field("selection", "selection: " + e.getMessage());
            }
        }
    }

    NewPlan {
        if (reason.isEmpty() && treatment.filter(Treatment.Kind.RELEASE::equals).isEmpty()) {
            throw MalformedCallException.field("reason", "reason: is missing");
        }
        if (reason.filter(RevocationReason.CERTIFICATE_HOLD::equals).isPresent()) {
            throw MalformedCallException.field(
                    "reason", "reason: give the one for which they are revoked in the end, not certificate-hold");
        }
        if (finalAt.isPresent()
                && treatment.filter(kind -> kind != Treatment.Kind.HOLD).isPresent()) {
            throw MalformedCallException.field("finalAt", "finalAt: it is for holds");
        }
    }
}
