package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.LabelName;
import java.time.Duration;
import java.util.Optional;

/**
 * A wish for a one-time code.
 *
 * @param label the only label it shall be good for; any, if empty
 * @param validity from now; the settings' default, if empty
 */
public record CodeRequest(DeviceId device, Optional<LabelName> label, Optional<Duration> validity) {}
