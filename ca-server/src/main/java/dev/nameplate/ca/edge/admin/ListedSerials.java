package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.SerialNumber;
import java.util.List;

/** Certificates by name. */
record ListedSerials(List<SerialNumber> items) {}
