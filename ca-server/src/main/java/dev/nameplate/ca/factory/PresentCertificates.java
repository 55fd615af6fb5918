package dev.nameplate.ca.factory;

import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.revocation.Standing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which certificate a unit has now. */
public final class PresentCertificates {
    private static final int PAGE = 100;

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

    /** The newest that the device got over EST, among however many. */
    private Optional<IssuedCertificate> enrolled(Unit unit) {
        Optional<IssuedCertificate> newest = Optional.empty();
        List<IssuedCertificate> page = page(unit, Optional.empty());
        while (!page.isEmpty()) {
            newest = Stream.concat(newest.stream(), page.stream())
                    .filter(issued -> issued.standing() instanceof Standing.Good)
                    .max(Comparator.comparing(IssuedCertificate::notBefore));
            page = page.size() < PAGE
                    ? List.of()
                    : page(unit, Optional.of(page.getLast().serial()));
        }
        return newest;
    }

    private List<IssuedCertificate> page(Unit unit, Optional<SerialNumber> after) {
        return ledger.list(new CertificateQuery(Optional.of(Holder.of(unit.id())), Optional.empty(), after, PAGE));
    }
}
