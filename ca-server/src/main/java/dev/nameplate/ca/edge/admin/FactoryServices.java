package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.authority.IssuerRegistry;
import dev.nameplate.ca.factory.Closing;
import dev.nameplate.ca.factory.Handovers;
import dev.nameplate.ca.factory.Line;
import dev.nameplate.ca.factory.Stations;
import dev.nameplate.ca.factory.WorkOrders;
import dev.nameplate.ca.factory.offline.Drawing;
import dev.nameplate.ca.factory.offline.Reporting;
import java.util.List;
import java.util.stream.Stream;

/** What the operator API offers of the factory. */
public record FactoryServices(
        WorkOrders orders, Line line, Handovers handovers, Closing closing, Stations stations, Offline offline) {
    /** Units drawn ahead of time, and what became of them. */
    public record Offline(Drawing drawing, Reporting reporting) {}

    List<Operation> operations(IssuerRegistry issuers) {
        return Stream.of(
                        new BatchOperations(orders, closing).all(),
                        new UnitOperations(line, orders, handovers, issuers).all(),
                        new StationOperations(stations).all(),
                        new BundleOperations(offline.drawing(), offline.reporting()).all())
                .flatMap(List::stream)
                .toList();
    }
}
