package dev.nameplate.ca.edge.admin;

import java.util.List;

/** @param ready whether requests can be served */
record HealthReport(Boolean ready, List<FindingView> findings) {
    HealthReport {
        findings = List.copyOf(findings);
    }
}
