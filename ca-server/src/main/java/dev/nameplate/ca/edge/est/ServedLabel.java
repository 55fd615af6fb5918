package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.device.CmcSigner;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.pki.IssuerName;
import java.util.Set;

/**
 * A label as the device door serves it.
 *
 * @param issuer of the label's profile: whose chain its cacerts hands out
 */
public record ServedLabel(EnrolmentLabel label, IssuerName issuer, AnswerLayout layout, Options options) {
    /**
     * What a label does beside enrolling; nothing unless the settings say so.
     *
     * @param makesKeys whether its profile has keys made for devices
     * @param cmc whose signature it takes under a CMC request; none: CMC is not spoken
     * @param challenge how it challenges where it takes HTTP Digest
     */
    public record Options(AttributesForm attributes, boolean makesKeys, Set<CmcSigner> cmc, ChallengeForm challenge) {
        /** That challenges as the RFC wants it. */
        public Options(AttributesForm attributes, boolean makesKeys, Set<CmcSigner> cmc) {
            this(attributes, makesKeys, cmc, ChallengeForm.PLAIN);
        }

        public static final Options NONE = new Options(AttributesForm.NONE, false, Set.of());

        public Options {
            cmc = Set.copyOf(cmc);
        }
    }

    boolean takesCodes() {
        return label.ways().contains(Way.CODE);
    }

    boolean takesDigest() {
        return label.ways().contains(Way.DIGEST);
    }
}
