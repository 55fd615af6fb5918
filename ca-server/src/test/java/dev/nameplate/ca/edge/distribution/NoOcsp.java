package dev.nameplate.ca.edge.distribution;

import dev.nameplate.ca.edge.http.TestDoors;
import dev.nameplate.ca.ocsp.OcspListener;
import dev.nameplate.ca.ocsp.OcspResponder;
import dev.nameplate.ca.ocsp.OcspSettings;
import dev.nameplate.ca.ocsp.Scopes;
import dev.nameplate.ca.testkit.MutableClock;
import java.time.Duration;
import java.util.Optional;

/** For doors at which nobody asks for the status of anything. */
final class NoOcsp {
    private NoOcsp() {}

    static OcspDoor door() {
        MutableClock clock = MutableClock.started();
        var world = new OcspResponder.World(clock, Runnable::run, OcspListener.SILENT);
        var responder =
                new OcspResponder(OcspSettings.defaults(), new Scopes(), (_, _) -> Optional.empty(), () -> true, world);
        return new OcspDoor(responder, Duration.ZERO, TestDoors.VOICE, clock, Runnable::run);
    }
}
