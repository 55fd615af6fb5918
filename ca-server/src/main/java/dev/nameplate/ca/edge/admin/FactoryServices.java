package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.Closing;
import dev.nameplate.ca.factory.Handovers;
import dev.nameplate.ca.factory.Line;
import dev.nameplate.ca.factory.Stations;
import dev.nameplate.ca.factory.WorkOrders;
import dev.nameplate.ca.factory.export.UnitWriter;
import dev.nameplate.ca.factory.offline.Drawing;
import dev.nameplate.ca.factory.offline.Reporting;
import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import java.io.Writer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the operator API offers of the factory. */
public record FactoryServices(
        WorkOrders orders,
        Line line,
        Handovers handovers,
        Closing closing,
        Stations stations,
        Offline offline,
        Exports exports) {
    /**
     * Where certificates are on record, and who signs manifests of them.
     *
     * @param chains the certificates of a generation, its own first; asked for every unit
     */
    public record Exports(
            CertificateLedger ledger,
            Function<IssuerGeneration, List<CertificateDer>> chains,
            Function<Writer, UnitWriter> manifest) {}

    /** Units drawn ahead of time, and what became of them. */
    public record Offline(Drawing drawing, Reporting reporting) {}

    List<Operation> operations() {
        return Stream.of(
                        new BatchOperations(orders, closing).all(),
                        new UnitOperations(line, orders, handovers, exports.chains()).all(),
                        new StationOperations(stations).all(),
                        new ExportOperations(orders, exports.ledger(), exports.chains(), exports.manifest()).all(),
                        new BundleOperations(offline.drawing(), offline.reporting()).all())
                .flatMap(List::stream)
                .toList();
    }
}
