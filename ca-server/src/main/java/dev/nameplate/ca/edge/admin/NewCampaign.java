package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.renewal.Campaigns;
import dev.nameplate.ca.renewal.Goal;
import java.time.Instant;
import java.util.Optional;

/**
 * Which cohort is to be renewed, when, and what it is to have then.
 *
 * @param start of the window over which renewals are spread
 * @param reason devices are told
 * @param explanation a URL that devices are told
 * @param toAlgorithm the kind of key that they are to have
 * @param toGeneration the issuer's key that is to have signed
 */
record NewCampaign(
        String name,
        NewPull.Which selection,
        Instant start,
        Instant end,
        String reason,
        Optional<String> explanation,
        Optional<KeyAlgorithm> toAlgorithm,
        Optional<IssuerGeneration> toGeneration) {
    private static final int LONGEST_NAME = 64;

    NewCampaign {
        if (name.isBlank() || name.length() > LONGEST_NAME || !name.matches("\\P{Cntrl}*")) {
            throw MalformedCallException.field("name", "name: is not one line of 1 to " + LONGEST_NAME + " characters");
        }
    }

    NewPull pull() {
        return new NewPull(selection, start, end, reason, explanation);
    }

    Campaigns.Aim aim() {
        return new Campaigns.Aim(name, new Goal(toAlgorithm, toGeneration), selection.toSelector());
    }
}
