package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.DeviceId;
import java.util.List;

/** Devices by name. */
record ListedDevices(List<DeviceId> items) {}
