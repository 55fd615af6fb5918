package dev.nameplate.ca.edge.admin;

import java.util.Optional;

/** Another code for a station. */
record NewStationCode(Optional<String> why) {}
