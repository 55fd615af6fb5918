package dev.nameplate.ca.app;

import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.policy.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether everybody who may use the operator door still can, and will. */
final class OperatorCheck {
    private static final int PAGE = 1000;

    private final Core core;

    OperatorCheck(Core core) {
        this.core = core;
    }

    Finding find() {
        Instant now = core.means().clock().instant();
        List<Operator> active = core.issuing().operators().list().stream()
                .filter(Operator::active)
                .toList();
        List<String> due = new ArrayList<>();
        boolean admin = false;
        for (Operator operator : active) {
            Optional<IssuedCertificate> newest = newest(operator);
            boolean good = newest.filter(one -> one.notAfter().isAfter(now)).isPresent();
            admin |= good && operator.roles().contains(Role.ADMIN);
            if (newest.filter(one -> due(one, now)).isPresent()) {
                due.add(operator.name() + " (" + (good ? "until " : "ended ")
                        + newest.get().notAfter() + ")");
            }
        }
        if (!admin) {
            return Finding.fault(
                    "no administrator has a certificate that is good now",
                    "stop the server, move operators/admin.* away, and run `nameplate init`");
        }
        return due.isEmpty()
                ? Finding.ok(active.size() + " operators have good certificates")
                : Finding.warning(
                        "certificates are due for renewal: " + String.join(", ", due),
                        "`nameplate operator renew`, each for itself while its certificate is good; later an"
                                + " administrator has to remove and add them");
    }

    private boolean due(IssuedCertificate certificate, Instant now) {
        return core.settings()
                .profiles()
                .find(certificate.profile())
                .map(profile -> profile.renewal())
                .orElse(new Renewal(Duration.ZERO, Duration.ZERO))
                .due(certificate.notAfter(), now);
    }

    private Optional<IssuedCertificate> newest(Operator operator) {
        Optional<IssuedCertificate> newest = Optional.empty();
        Optional<SerialNumber> after = Optional.empty();
        List<IssuedCertificate> page;
        do {
            page = core.records()
                    .ledger()
                    .list(new CertificateQuery(Optional.of(Holder.of(operator.name())), Optional.empty(), after, PAGE));
            for (IssuedCertificate one : page) {
                boolean later = newest.map(known -> known.notAfter().isBefore(one.notAfter()))
                        .orElse(true);
                newest = later && one.standing().revokedAt().isEmpty() ? Optional.of(one) : newest;
            }
            after = page.isEmpty() ? after : Optional.of(page.getLast().serial());
        } while (page.size() == PAGE);
        return newest;
    }
}
