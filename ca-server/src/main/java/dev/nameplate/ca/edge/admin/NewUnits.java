package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.DeviceId;
import java.util.List;

/** Ids for the list of a batch. */
record NewUnits(List<DeviceId> ids) {
    NewUnits {
        ids = List.copyOf(ids);
    }
}
