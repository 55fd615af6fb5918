package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.PresentCertificates;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitQuery;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.factory.WorkOrder;
import dev.nameplate.ca.factory.WorkOrders;
import dev.nameplate.ca.factory.export.CertificateLines;
import dev.nameplate.ca.factory.export.ExportUnit;
import dev.nameplate.ca.factory.export.UnitWriter;
import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.refusal.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Units of a batch with their certificates, for others: plain, or signed one by one. Scrapped and reworked ones are left out. */
final class ExportOperations {
    private static final String GROUP = "batches";
    private static final String NDJSON = "application/x-ndjson";
    private static final int PAGE = 500;

    private final WorkOrders orders;
    private final PresentCertificates certificates;
    private final Function<IssuerGeneration, List<CertificateDer>> chains;
    private final Function<Writer, UnitWriter> manifest;

    ExportOperations(
            WorkOrders orders,
            CertificateLedger ledger,
            Function<IssuerGeneration, List<CertificateDer>> chains,
            Function<Writer, UnitWriter> manifest) {
        this.orders = orders;
        this.certificates = new PresentCertificates(ledger);
        this.chains = chains;
        this.manifest = manifest;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(GROUP, "/api/v1/batches/{batch}/certificates")
                        .called(
                                "exportCertificates",
                                "Every unit that has a certificate, with the chain, one JSON object a line.")
                        .with(BatchOperations.BATCH)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.text("Units.", NDJSON), call -> export(call, CertificateLines::new)),
                Operation.get(GROUP, "/api/v1/batches/{batch}/manifest")
                        .called("exportManifest", "The same, each unit signed by the audit key: a JWS a line.")
                        .with(BatchOperations.BATCH)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.text("Signed units.", NDJSON), call -> export(call, manifest)));
    }

    private Result export(Call call, Function<Writer, UnitWriter> format) {
        BatchName name = call.path("batch", BatchName.class);
        return orders.report(name)
                .<Result>map(report ->
                        new Result.Written(out -> write(name, report.batch().order(), format, out)))
                .orElseGet(() -> new Result.Refused(new Refusal.NotFound("batch " + name)));
    }

    private void write(BatchName name, WorkOrder order, Function<Writer, UnitWriter> format, OutputStream out)
            throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        try (UnitWriter writer = format.apply(text)) {
            List<Unit> page = orders.units(UnitQuery.all(name, Optional.empty(), PAGE));
            while (!page.isEmpty()) {
                for (Unit unit : page) {
                    Optional<ExportUnit> export = export(unit, order.product());
                    if (export.isPresent()) {
                        writer.write(export.get());
                    }
                }
                Optional<DeviceId> last = Optional.of(page.getLast().id());
                page = page.size() < PAGE ? List.of() : orders.units(UnitQuery.all(name, last, PAGE));
            }
        }
        text.flush();
    }

    private Optional<ExportUnit> export(Unit unit, String product) {
        return certificates
                .of(unit)
                .map(issued -> new ExportUnit(
                        unit.id(), product, unit.batch().value(), chain(issued), issuedAt(unit, issued)));
    }

    /** Without the root. */
    private List<CertificateDer> chain(IssuedCertificate issued) {
        List<CertificateDer> chain = new ArrayList<>(List.of(issued.certificate()));
        chains.apply(issued.issuer()).stream()
                .filter(each -> !each.parsed().getIssuer().equals(each.parsed().getSubject()))
                .forEach(chain::add);
        return chain;
    }

    private static Instant issuedAt(Unit unit, IssuedCertificate issued) {
        return unit.at(UnitState.ISSUED)
                .orElseGet(() -> issued.certificate().parsed().getNotBefore().toInstant());
    }
}
