package dev.nameplate.ca.renewal;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.SerialNumber;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A certificate of a device, as far as a campaign looks at it.
 *
 * @param attributes of the device
 */
public record HeldCertificate(
        DeviceId device,
        Map<String, String> attributes,
        SerialNumber serial,
        IssuerGeneration issuer,
        ProfileName profile,
        Optional<KeyAlgorithm> key,
        Instant issuedAt,
        Instant notAfter) {
    public HeldCertificate {
        attributes = Map.copyOf(attributes);
    }
}
