package dev.nameplate.ca.testkit;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.renewal.Campaign;
import dev.nameplate.ca.renewal.CampaignStore;
import dev.nameplate.ca.renewal.HeldCertificate;
import dev.nameplate.ca.renewal.PullId;
import dev.nameplate.ca.renewal.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Campaigns, in memory, over a fleet that tests make up. */
public final class MemoryCampaigns implements CampaignStore {
    private final MemoryPulls pulls;
    private final List<Campaign> campaigns = new ArrayList<>();
    private final List<HeldCertificate> fleet = new ArrayList<>();

    public MemoryCampaigns(MemoryPulls pulls) {
        this.pulls = pulls;
    }

    public synchronized void hold(HeldCertificate certificate) {
        fleet.add(certificate);
    }

    @Override
    public synchronized void add(Campaign campaign, AuditEvent event) {
        pulls.add(campaign.pull(), event);
        campaigns.addFirst(campaign);
    }

    @Override
    public synchronized Optional<Campaign> find(PullId id) {
        return newest(Integer.MAX_VALUE).stream()
                .filter(campaign -> campaign.pull().id().equals(id))
                .findFirst();
    }

    @Override
    public synchronized List<Campaign> newest(int limit) {
        return campaigns.stream()
                .limit(limit)
                .map(campaign ->
                        new Campaign(pulls.find(campaign.pull().id()).orElseThrow(), campaign.name(), campaign.goal()))
                .toList();
    }

    @Override
    public synchronized void fleet(Selector selector, Consumer<HeldCertificate> each) {
        fleet.stream()
                .sorted(Comparator.comparing(
                                (HeldCertificate one) -> one.device().value())
                        .thenComparing(HeldCertificate::issuedAt))
                .forEach(each);
    }
}
