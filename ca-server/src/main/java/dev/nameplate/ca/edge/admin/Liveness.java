package dev.nameplate.ca.edge.admin;

/** That the process answers. */
record Liveness(Boolean live) {}
