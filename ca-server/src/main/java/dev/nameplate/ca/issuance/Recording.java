package dev.nameplate.ca.issuance;

import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.refusal.Refusal;

/** What became of a certificate handed to the ledger. Only what stands in the outcome may leave the process. */
public sealed interface Recording {
    /** It is on record now. */
    record Recorded(IssuedCertificate certificate) implements Recording {}

    /** The same request was answered before, by this or another process: this is the certificate it got. */
    record AnsweredBefore(IssuedCertificate certificate) implements Recording {}

    /** The key belongs to another holder, for ever. Nothing changed. */
    record KeyTaken() implements Recording {}

    /** The device was held or decommissioned in the meantime. Nothing changed. */
    record DeviceNotActive(Device.State state) implements Recording {}

    /** The one-time code was used for another request, or cancelled, in the meantime. Nothing changed. */
    record CodeSpent() implements Recording {}

    /** What was to be recorded with it is against it. Nothing changed, but for an alarm. */
    record Objected(Refusal refusal) implements Recording {}
}
