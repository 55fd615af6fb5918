package dev.nameplate.ca.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate approval}. */
final class ApprovalCommands {
    private static final String PATH = "/api/v1/approvals";

    private ApprovalCommands() {}

    static final List<Column> COLUMNS = List.of(
            Column.of("id", "id"),
            Column.of("kind", "kind"),
            Column.of("state", "state"),
            Column.of("since", "since"),
            Column.of("what", "what"),
            Column.of("expires", "enrolment.expiresAt"));

    private static final List<Column> DETAILS = List.of(
            Column.of("id", "id"),
            Column.of("kind", "kind"),
            Column.of("state", "state"),
            Column.of("since", "since"),
            Column.of("what", "what"),
            Column.of("plan", "revocation.id"),
            Column.of("device", "enrolment.asked.device"),
            Column.of("label", "enrolment.asked.label"),
            Column.of("profile", "enrolment.asked.profile"),
            Column.of("purpose", "enrolment.asked.purpose"),
            Column.of("credential", "enrolment.asked.credential"),
            Column.of("key", "enrolment.asked.key"),
            Column.of("facts", "enrolment.asked.facts"),
            Column.of("expires", "enrolment.expiresAt"),
            Column.of("decided", "enrolment.decided"),
            Column.of("serial", "enrolment.serial"));

    @Command(
            name = "list",
            description = "Lists what waits for an operator: bulk revocations for a second one, and devices' requests.")
    static final class Waiting extends ClientCommand {
        @Option(names = "--kind", paramLabel = "KIND", description = "Only these: revocation or enrolment.")
        private @Nullable String kind;

        Waiting(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode waiting = door.get(PATH, kind == null ? Map.of() : Map.of("kind", kind));
            screen.list(COLUMNS, page -> page.accept(waiting.path("items")));
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", description = "Shows what waits, or what became of it.")
    static final class Show extends ClientCommand {
        @Parameters(paramLabel = "ID", description = "As `approval list` shows it.")
        private String id = "";

        Show(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.describe(door.get(PATH + "/" + OperatorDoor.segment(id), Map.of()), DETAILS);
            return ExitCode.DONE;
        }
    }

    /** Which one. */
    abstract static class OfOne extends ClientCommand {
        @Parameters(paramLabel = "ID", description = "As `approval list` shows it.")
        private String id = "";

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                description = "Why, for the audit trail. A rejected device is told it too.")
        private @Nullable String reason;

        OfOne(Nameplate root) {
            super(root);
        }

        final ExitCode decide(OperatorDoor door, Screen screen, String what) {
            Map<String, String> query = reason == null ? Map.of() : Map.of("reason", reason);
            JsonNode decided = door.post(PATH + "/" + OperatorDoor.segment(id) + "/" + what, query, Map.of());
            String kind = decided.path("kind").asString("");
            screen.done(kind + " " + id + " is " + decided.path("state").asString(""), decided);
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "approve",
            description = {
                "Lets it happen.",
                "Whoever applied a bulk revocation cannot approve it; a device gets its certificate when it asks again."
            })
    static final class Approve extends OfOne {
        Approve(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            return decide(door, screen, "approval");
        }
    }

    @Command(name = "reject", description = "Ends it; nothing happens.")
    static final class Reject extends OfOne {
        Reject(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            return decide(door, screen, "rejection");
        }
    }
}
