package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.OperatorName;

/** A machine on a line, and where it is. */
record NewStation(OperatorName name, String site) {}
