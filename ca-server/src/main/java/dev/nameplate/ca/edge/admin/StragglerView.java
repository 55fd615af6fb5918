package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.renewal.Straggler;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A device that is not where a campaign wants it, and its newest certificate.
 *
 * @param state wrong: renewed, and not to what is wanted; waiting; late: its window is over; ended: so is its certificate
 */
record StragglerView(
        DeviceId device,
        String state,
        SerialNumber serial,
        IssuerGeneration issuer,
        Optional<KeyAlgorithm> key,
        Instant issuedAt,
        Instant notAfter) {
    static StragglerView of(Straggler straggler) {
        var newest = straggler.newest();
        return new StragglerView(
                newest.device(),
                straggler.state().name().toLowerCase(Locale.ROOT),
                newest.serial(),
                newest.issuer(),
                newest.key(),
                newest.issuedAt(),
                newest.notAfter());
    }
}
