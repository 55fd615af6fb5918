package dev.nameplate.ca.cli;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate cert revoke, hold} and {@code release}. */
final class StandingCommands {
    private StandingCommands() {}

    /** Which certificate, and what becomes of it. */
    abstract static class OfOne extends ClientCommand {
        @Parameters(paramLabel = "SERIAL", description = "Hexadecimal, with or without colons.")
        private String serial = "";

        @Option(names = "--issuer", paramLabel = "NAME/N", description = "Which, if several issuers used the serial.")
        private @Nullable String issuer;

        OfOne(Nameplate root) {
            super(root);
        }

        final ExitCode change(OperatorDoor door, Screen screen, String what, Map<String, String> wish) {
            JsonNode answer = door.post(
                    CertCommands.PATH + "/" + OperatorDoor.segment(serial) + "/" + what,
                    CertCommands.query("issuer", issuer),
                    wish);
            screen.done(line(answer), answer);
            return ExitCode.DONE;
        }

        private static String line(JsonNode answer) {
            boolean before = answer.path("before").asBoolean();
            JsonNode revoked = answer.path("revoked");
            if (revoked.isMissingNode()) {
                return before ? "was not held; it is good" : "released; it is good again";
            }
            String word = CertCommands.held(revoked) ? "held" : "revoked";
            String at = (before ? "was " + word + " already, at " : word + " at ")
                    + revoked.path("at").asString("");
            JsonNode end = revoked.path("becomesFinal");
            return end.isMissingNode()
                    ? at
                    : at + "; revoked for good at " + end.path("at").asString("") + " ("
                            + end.path("reason").asString("") + ")";
        }
    }

    @Command(name = "revoke", description = "Revokes a certificate for good.")
    static final class Revoke extends OfOne {
        @Option(
                names = "--reason",
                paramLabel = "R",
                required = true,
                description = "As RFC 5280 names it, as in key-compromise, superseded, cessation-of-operation.")
        private String reason = "";

        @Option(
                names = "--invalid-since",
                paramLabel = "TIME",
                description = "When its key is known or suspected to have been lost, as in 2026-11-21T08:00:00Z.")
        private @Nullable String invalidSince;

        Revoke(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            Map<String, String> wish = new TreeMap<>(Map.of("reason", reason));
            if (invalidSince != null) {
                wish.put("invalidityDate", invalidSince);
            }
            return change(door, screen, "revocation", wish);
        }
    }

    @Command(name = "hold", description = "Holds a certificate: it counts as revoked until it is released.")
    static final class Hold extends OfOne {
        @Option(
                names = "--final-at",
                paramLabel = "TIME",
                description =
                        "When the hold becomes a revocation for good, as in 2026-11-21T08:00:00Z. Default: never.")
        private @Nullable String finalAt;

        @Option(names = "--final-reason", paramLabel = "R", description = "For which reason then.")
        private @Nullable String finalReason;

        Hold(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            Map<String, String> wish = new TreeMap<>(CertCommands.query("finalAt", finalAt));
            wish.putAll(CertCommands.query("finalReason", finalReason));
            return change(door, screen, "hold", wish);
        }
    }

    @Command(name = "release", description = "Takes back a hold. A revocation cannot be taken back.")
    static final class Release extends OfOne {
        Release(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            return change(door, screen, "release", Map.of());
        }
    }
}
