package dev.nameplate.ca.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate approval}. */
final class ApprovalCommands {
    private static final String PATH = "/api/v1/approvals";

    private ApprovalCommands() {}

    @Command(name = "list", description = "Lists what waits for a second operator.")
    static final class Waiting extends ClientCommand {
        Waiting(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode waiting = door.get(PATH, Map.of());
            screen.list(RevokeCommands.COLUMNS, page -> page.accept(waiting.path("items")));
            return ExitCode.DONE;
        }
    }

    /** Which one. */
    abstract static class OfOne extends ClientCommand {
        @Parameters(paramLabel = "ID", description = "As `approval list` shows it.")
        private String id = "";

        OfOne(Nameplate root) {
            super(root);
        }

        final ExitCode decide(OperatorDoor door, Screen screen, String what) {
            JsonNode plan = door.post(PATH + "/" + OperatorDoor.segment(id) + "/" + what, Map.of());
            screen.done("plan " + id + " is " + PlanWatch.state(plan), plan);
            return ExitCode.DONE;
        }
    }

    @Command(name = "approve", description = "Lets it happen. Whoever applied it cannot approve it.")
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
