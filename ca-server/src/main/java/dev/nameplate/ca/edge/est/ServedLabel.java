package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.pki.IssuerName;

/**
 * A label as the device door serves it.
 *
 * @param issuer of the label's profile: whose chain its cacerts hands out
 */
public record ServedLabel(EnrolmentLabel label, IssuerName issuer, AnswerLayout layout) {
    boolean takesCodes() {
        return label.ways().contains(Way.CODE);
    }
}
