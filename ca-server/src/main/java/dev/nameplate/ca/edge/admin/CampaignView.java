package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.renewal.Campaign;
import java.util.Optional;

/**
 * A campaign as the API shows it.
 *
 * @param pull the cohort, the window, and who made and who stopped it
 */
record CampaignView(
        String name, Optional<KeyAlgorithm> toAlgorithm, Optional<IssuerGeneration> toGeneration, PullView pull) {
    static CampaignView of(Campaign campaign) {
        return new CampaignView(
                campaign.name(), campaign.goal().key(), campaign.goal().generation(), PullView.of(campaign.pull()));
    }
}
