package dev.nameplate.ca.renewal;

import dev.nameplate.ca.audit.AuditEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Every campaign. Each change is atomic, its event and its pull included, and durable when it returns. */
public interface CampaignStore {
    void add(Campaign campaign, AuditEvent event);

    Optional<Campaign> find(PullId id);

    /** The newest first. */
    List<Campaign> newest(int limit);

    /**
     * Every certificate, not revoked for good, of every device that has one which may be of the cohort: device by device, each
     * device's in the order in which they were issued. Looks at every certificate: seconds per million.
     */
    void fleet(Selector selector, Consumer<HeldCertificate> each);
}
