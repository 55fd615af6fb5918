package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.DeviceId;
import java.util.Map;
import java.util.Optional;

/** @param attributes what profiles' templates may use, by name */
record NewDevice(DeviceId id, Optional<Map<String, String>> attributes) {}
