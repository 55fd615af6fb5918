package dev.nameplate.ca.config;

import dev.nameplate.ca.approval.ApprovalSettings;
import dev.nameplate.ca.approval.webhook.WebhookSettings;
import dev.nameplate.ca.authority.IssuerSettings;
import dev.nameplate.ca.authority.RotationTerms;
import dev.nameplate.ca.canary.CanarySettings;
import dev.nameplate.ca.device.AttemptLimits;
import dev.nameplate.ca.device.CodeSettings;
import dev.nameplate.ca.edge.est.ServedLabel;
import dev.nameplate.ca.ocsp.OcspSettings;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.policy.Profiles;
import dev.nameplate.ca.revocation.bulk.BulkSettings;
import dev.nameplate.ca.rotation.RotationSettings;
import dev.nameplate.ca.store.DatabaseSettings;
import dev.nameplate.hsm.pkcs11.Pkcs11Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything an operator set, checked and with the usual values where they said nothing.
 *
 * @param services what the CA does by itself
 */
public record Settings(
        DoorsSettings doors,
        DatabaseSettings database,
        Tokens tokens,
        List<IssuerSettings> issuers,
        Profiles profiles,
        Map<LabelName, ServedLabel> labels,
        Admission admission,
        Services services) {
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    /**
     * @param usual where keys are made
     * @param others where there are keys as well, and new ones of issuers that say so
     */
    public record Tokens(Pkcs11Settings usual, List<Pkcs11Settings> others) {
        public Tokens {
            others = List.copyOf(others);
        }

        public List<Pkcs11Settings> all() {
            return Stream.concat(Stream.of(usual), others.stream()).toList();
        }
    }

    /**
     * One-time codes, how often one may guess, and how requests wait for an operator.
     *
     * @param webhook which decides where labels say so
     */
    public record Admission(
            CodeSettings codes, AttemptLimits attempts, ApprovalSettings approval, Optional<WebhookSettings> webhook) {}

    /**
     * @param sealInterval how often the audit trail is sealed
     * @param canary if one is to fly
     */
    public record Services(
            Duration sealInterval,
            BulkSettings bulk,
            OcspSettings ocsp,
            Optional<CanarySettings> canary,
            RotationSettings rotation,
            RotationTerms rollover) {
        public Services {
            if (sealInterval.compareTo(SHORTEST_INTERVAL) < 0) {
                throw new IllegalArgumentException("audit.seal-interval is less than a second: " + sealInterval);
            }
        }
    }

    public Settings {
        issuers = List.copyOf(issuers);
        labels = Map.copyOf(labels);
    }
}
