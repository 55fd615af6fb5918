package dev.nameplate.ca.edge.admin;

/** Why, in one line of 1 to 200 characters. */
record NewReason(String reason) {}
