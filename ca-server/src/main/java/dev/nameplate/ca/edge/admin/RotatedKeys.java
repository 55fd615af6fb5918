package dev.nameplate.ca.edge.admin;

import java.util.List;

/** @param purposes whose new keys are in use */
record RotatedKeys(List<String> purposes) {}
