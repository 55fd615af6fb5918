package dev.nameplate.ca.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Watches the server work on a plan. */
final class PlanWatch {
    private static final Duration LOOK = Duration.ofMillis(300);

    private final OperatorDoor door;
    private final PrintWriter err;

    PlanWatch(OperatorDoor door, PrintWriter err) {
        this.door = door;
        this.err = err;
    }

    static String path(String id) {
        return RevokeCommands.PATH + "/" + OperatorDoor.segment(id);
    }

    static String state(JsonNode plan) {
        return plan.path("state").asString("");
    }

    /** Until it is known what the plan hits. */
    JsonNode selected(String id) {
        return after(id, "selecting");
    }

    /** Until it is carried out, or stopped, with a bar that shows how far it is. */
    JsonNode carriedOut(JsonNode started) {
        if (!state(started).equals("running")) {
            return started;
        }
        String id = started.path("id").asString("");
        try (Bar bar = new Bar("revoking", started.at("/hits/certificates").asLong(), err)) {
            JsonNode plan = started;
            while (state(plan).equals("running")) {
                pause();
                plan = door.get(path(id), Map.of());
                bar.to(plan.at("/progress/certificates").asLong());
            }
            return plan;
        }
    }

    private JsonNode after(String id, String state) {
        JsonNode plan = door.get(path(id), Map.of());
        while (state(plan).equals(state)) {
            pause();
            plan = door.get(path(id), Map.of());
        }
        return plan;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.fault("interrupted; the server goes on, see `nameplate revoke status`");
        }
    }
}
