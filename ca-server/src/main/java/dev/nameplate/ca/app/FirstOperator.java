package dev.nameplate.ca.app;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.cli.IdentityFiles;
import dev.nameplate.ca.cli.OperatorKey;
import dev.nameplate.ca.edge.http.Requests;
import dev.nameplate.ca.enrollment.OperatorEnrollment;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.est.Pkcs10;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The administrator a new home begins with. */
final class FirstOperator {
    private static final OperatorName ADMIN = new OperatorName("admin");
    private static final Cause CAUSE = new Cause(Actor.SYSTEM, Optional.empty());

    private final Core core;

    FirstOperator(Core core) {
        this.core = core;
    }

    /** Does nothing if the files are there. */
    void make() {
        IdentityFiles files = new IdentityFiles(core.means().home().operators(), ADMIN);
        if (Files.exists(files.pem())) {
            return;
        }
        if (core.issuing().operators().list().stream().noneMatch(FirstOperator::isAdmin)) {
            core.issuing().operators().add(ADMIN, Set.of(Role.ADMIN), CAUSE);
        }
        OperatorKey key = OperatorKey.generate(ADMIN);
        files.write(key.key(), chain(key), core.means().random());
    }

    private static boolean isAdmin(Operator operator) {
        return operator.name().equals(ADMIN);
    }

    private static byte[] octets(OperatorKey key) {
        try {
            return key.request().getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException("a request always encodes", e);
        }
    }

    private List<CertificateDer> chain(OperatorKey key) {
        var wish = new OperatorEnrollment.Wish(
                ADMIN, ADMIN, new ProfileName("operator"), Requests.csr(Pkcs10.parse(octets(key))));
        return switch (core.issuing().operatorEnrollment().enroll(wish, CAUSE)) {
            case Issuance.Issued(var issued) -> {
                List<CertificateDer> chain = new ArrayList<>(List.of(issued.certificate()));
                chain.addAll(
                        core.authorities().record(issued.issuer()).orElseThrow().chain());
                yield chain;
            }
            case Issuance.Refused(var refusal) ->
                throw new IllegalStateException("no certificate for the first operator: " + refusal);
        };
    }
}
