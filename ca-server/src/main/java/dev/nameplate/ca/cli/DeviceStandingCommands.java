package dev.nameplate.ca.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate device hold, release} and {@code decommission}. */
final class DeviceStandingCommands {
    private DeviceStandingCommands() {}

    /** Which device, and what becomes of it. */
    abstract static class OfOne extends ClientCommand {
        @Parameters(paramLabel = "ID", description = "The device's id.")
        private String id = "";

        OfOne(Nameplate root) {
            super(root);
        }

        final ExitCode change(OperatorDoor door, Screen screen, String what, Map<String, String> wish) {
            JsonNode answer = door.post("/api/v1/devices/" + OperatorDoor.segment(id) + "/" + what, wish);
            screen.done(
                    "device " + id + " is " + answer.at("/device/state").asString("") + "; certificates changed: "
                            + answer.path("certificates").asLong(),
                    answer);
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "hold",
            description = "Holds a device: it cannot enrol, and its certificates are held, until it is released.")
    static final class Hold extends OfOne {
        Hold(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            return change(door, screen, "hold", Map.of());
        }
    }

    @Command(name = "release", description = "Takes back a hold of a device, and with it of its certificates.")
    static final class Release extends OfOne {
        Release(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            return change(door, screen, "release", Map.of());
        }
    }

    @Command(
            name = "decommission",
            description =
                    "Ends a device for ever: its certificates are revoked, its id and keys are never accepted again.")
    static final class Decommission extends OfOne {
        @Option(
                names = "--reason",
                paramLabel = "R",
                description = "Why its certificates are revoked. Default: cessation-of-operation.")
        private @Nullable String reason;

        Decommission(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            return change(door, screen, "decommissioning", CertCommands.query("reason", reason));
        }
    }
}
