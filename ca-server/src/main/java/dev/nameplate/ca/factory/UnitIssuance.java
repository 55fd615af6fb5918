package dev.nameplate.ca.factory;

import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;

/** What became of a unit's key. */
public sealed interface UnitIssuance {
    /**
     * On record, now or from an earlier answer to this very call.
     *
     * @param wrapped the private key, if it was made here
     */
    record Issued(IssuedCertificate certificate, Unit unit, Optional<KeyPackage> wrapped) implements UnitIssuance {}

    record Refused(Refusal refusal) implements UnitIssuance {}
}
