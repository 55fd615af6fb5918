package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.LabelName;
import java.time.Duration;
import java.util.Optional;

/** @param label the only label it shall be good for; any, if absent */
record NewCode(Optional<LabelName> label, Optional<Duration> validity) {}
