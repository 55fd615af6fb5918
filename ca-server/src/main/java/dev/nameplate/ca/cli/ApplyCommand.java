package dev.nameplate.ca.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate revoke apply}. */
@Command(
        name = "apply",
        description = {
            "Does exactly what a plan says, or goes on with it. Refuses a plan that was changed, is another CA's, or was made"
                    + " when the world was another.",
            "The server does it: this may be cut off, and run again to watch."
        })
final class ApplyCommand extends ClientCommand {
    @Parameters(paramLabel = "PLAN", description = "The file that `revoke plan` wrote.")
    private Path file = Path.of("");

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--no-wait", description = "Do not watch until it is done.")
    private boolean leave;

    ApplyCommand(Nameplate root) {
        super(root);
    }

    @Override
    ExitCode run(OperatorDoor door, Screen screen) {
        PlanOnDisk plan = PlanOnDisk.read(file);
        if (!yes) {
            ask(plan.head());
        }
        JsonNode started = door.post(
                PlanWatch.path(plan.id()) + "/application",
                Map.of("ca", plan.head().path("ca").asString(""), "digest", plan.digest()));
        JsonNode now = leave ? started : new PlanWatch(door, err()).carriedOut(started);
        screen.done(line(now), now);
        return PlanWatch.state(now).equals("stopped") ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private void ask(JsonNode head) {
        String certificates = head.path("certificates").asString("");
        String what = switch (head.path("treatment").asString("")) {
            case "hold" -> "HOLD until " + head.path("finalAt").asString("") + ", then revoke";
            case "release" -> "RELEASE";
            default -> "REVOKE for good";
        };
        err().println(what + ", reason " + head.path("reason").asString("") + ": " + certificates + " certificates of "
                + head.path("selection"));
        err().print("To do it, type the number of certificates: ");
        err().flush();
        if (!certificates.equals(typed())) {
            throw CommandFailedException.refused("nothing was done: that is not " + certificates);
        }
    }

    private static String typed() {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return line == null ? "" : line.strip().replace(",", "");
        } catch (IOException e) {
            throw CommandFailedException.fault("the terminal cannot be read: " + e.getMessage());
        }
    }

    private static String line(JsonNode plan) {
        String id = plan.path("id").asString("");
        long all = plan.at("/hits/certificates").asLong();
        long done = plan.at("/progress/certificates").asLong();
        return switch (PlanWatch.state(plan)) {
            case "done" ->
                "done: " + done + " certificates, of which "
                        + plan.at("/progress/changed").asLong() + " changed";
            case "awaiting" ->
                "waits for a second operator: `nameplate --operator NAME approval approve " + id
                        + "`; then it starts by itself";
            default -> "plan " + id + " is " + PlanWatch.state(plan) + ": " + done + " of " + all + " certificates";
        };
    }
}
