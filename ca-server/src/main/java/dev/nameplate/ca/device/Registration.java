package dev.nameplate.ca.device;

import dev.nameplate.ca.refusal.Refusal;

/** What became of a wish to register a device. */
public sealed interface Registration {
    record Registered(Device device) implements Registration {}

    record Refused(Refusal refusal) implements Registration {}
}
