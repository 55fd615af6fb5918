package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.OperatorName;
import java.util.List;

/** The stations a batch is for, all of them. */
record NewStations(List<OperatorName> stations) {
    NewStations {
        stations = List.copyOf(stations);
    }
}
