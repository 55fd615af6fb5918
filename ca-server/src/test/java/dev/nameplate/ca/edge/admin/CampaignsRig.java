package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.renewal.Campaigns;
import dev.nameplate.ca.renewal.Pulls;
import dev.nameplate.ca.testkit.MemoryCampaigns;
import dev.nameplate.ca.testkit.MemoryPulls;
import dev.nameplate.ca.testkit.MemoryStore;
import dev.nameplate.ca.testkit.SampleProfiles;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Campaigns without a database. */
final class CampaignsRig {
    private CampaignsRig() {}

    static Campaigns of(MemoryStore store, InstantSource clock) {
        var pulls = new MemoryPulls(store.audit());
        return new Campaigns(
                new MemoryCampaigns(pulls), new Pulls(pulls, clock, new SecureRandom()), SampleProfiles.all(), clock);
    }
}
