package dev.nameplate.ca.edge.admin;

import java.util.Map;
import java.util.Optional;

/** A unit appears on the line; what profiles may use of it, should it not be registered yet. */
record NewReservation(Optional<Map<String, String>> attributes) {}
