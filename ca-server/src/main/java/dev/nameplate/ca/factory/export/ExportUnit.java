package dev.nameplate.ca.factory.export;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import java.time.Instant;
import java.util.List;

/**
 * A unit as others are told of it.
 *
 * @param chain its certificate first, then those above it without the root
 * @param at when the certificate was made
 */
public record ExportUnit(DeviceId id, String product, String batch, List<CertificateDer> chain, Instant at) {
    public ExportUnit {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("unit " + id + " has no certificate to export");
        }
    }

    public CertificateDer certificate() {
        return chain.getFirst();
    }

    String serial() {
        return certificate().serial().value().toString(16);
    }
}
