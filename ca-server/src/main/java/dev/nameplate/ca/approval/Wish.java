package dev.nameplate.ca.approval;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.issuance.RequestFingerprint;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.policy.AdmittedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A device's request that met every rule.
 *
 * @param round how often it was granted before
 * @param csr as it came
 * @param evidence what came with it to show where its key lives
 * @param from where it came from, and which it is
 */
public record Wish(
        AdmittedRequest admitted, int round, Purpose purpose, Csr csr, Optional<Evidence> evidence, From from) {
    /**
     * @param source the address, if it came from one
     * @param speaker who asks: the device, or who speaks for it
     */
    public record From(RequestId request, Optional<String> source, Actor speaker) {}

    public DeviceId device() {
        return new DeviceId(admitted.holder().name());
    }

    /** Whoever speaks is the cause. */
    public Cause cause() {
        return Cause.of(from.speaker(), from.request());
    }

    /** The same for the same request, as often as it is made until it is granted. */
    Sha256 key() {
        var fingerprint = RequestFingerprint.of(admitted.credential(), admitted.label(), admitted.keyHash());
        return Sha256.of(fingerprint.value().octets(), Integer.toString(round).getBytes(StandardCharsets.US_ASCII));
    }
}
