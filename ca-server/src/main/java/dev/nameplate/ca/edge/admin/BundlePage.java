package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.DeviceId;
import java.util.List;

/** Envelopes of a bundle. */
record BundlePage(List<SealedEnvelope> units) {
    BundlePage {
        units = List.copyOf(units);
    }

    /** @param sealed base64 of CMS AuthEnvelopedData in DER (RFC 5083) */
    record SealedEnvelope(Long place, DeviceId unit, String sealed) {}
}
