package dev.nameplate.ca.factory;

import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.revocation.Standing;
import java.util.Comparator;
import java.util.Optional;

/** Which certificate a unit has now. */
public final class PresentCertificates {
    private static final int MOST = 100;

    private final CertificateLedger ledger;

    public PresentCertificates(CertificateLedger ledger) {
        this.ledger = ledger;
    }

    /** @return nothing for a unit that is scrapped, reworked, or whose key was read and whose device has not enrolled yet */
    public Optional<IssuedCertificate> of(Unit unit) {
        if (unit.state() == UnitState.SCRAPPED || unit.state() == UnitState.REWORK) {
            return Optional.empty();
        }
        return unit.at(UnitState.KEYED).isPresent()
                ? enrolled(unit)
                : unit.certificate().flatMap(this::issued);
    }

    private Optional<IssuedCertificate> issued(UnitCertificate mine) {
        return ledger.findBySerial(mine.serial()).stream()
                .filter(issued -> issued.issuer().equals(mine.issuer()))
                .findFirst();
    }

    /** The newest that the device got over EST, with the key that the factory read off it. */
    private Optional<IssuedCertificate> enrolled(Unit unit) {
        var query = new CertificateQuery(Optional.of(Holder.of(unit.id())), Optional.empty(), Optional.empty(), MOST);
        return ledger.list(query).stream()
                .filter(issued -> issued.standing() instanceof Standing.Good)
                .max(Comparator.comparing(
                        issued -> issued.certificate().parsed().getNotBefore().toInstant()));
    }
}
