package dev.nameplate.ca.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code nameplate batch allow}. The same list again, as after it was cut off, changes nothing. */
@Command(name = "allow", description = "Puts ids on the list of a batch that was made with one (batch create --list).")
final class BatchList extends BatchStateCommands.OfOne {
    static final String FORM = "The ids of the units: one a line, or a CSV with a column \"device\".";
    private static final int NAMES_PER_CALL = 2000;

    @Option(names = "--list", paramLabel = "FILE", required = true, description = FORM)
    private Path list = Path.of("");

    BatchList(Nameplate root) {
        super(root);
    }

    @Override
    ExitCode run(OperatorDoor door, Screen screen) {
        List<String> ids = read(list);
        screen.done(ids.size() + " ids are on the list of batch " + name(), handIn(door, name(), ids));
        return ExitCode.DONE;
    }

    /** @throws CommandFailedException naming the first line that is no id, or if there is none at all */
    static List<String> read(Path list) {
        List<String> ids = NamedOnes.devices(list).read();
        if (ids.isEmpty()) {
            throw CommandFailedException.wrongUsage(list + " holds no ids");
        }
        return ids;
    }

    /** @param ids at least one */
    static JsonNode handIn(OperatorDoor door, String batch, List<String> ids) {
        JsonNode answer = null;
        for (int from = 0; from < ids.size(); from += NAMES_PER_CALL) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + NAMES_PER_CALL));
            answer = door.post(BatchCommands.path(batch) + "/list", Map.of("ids", some));
        }
        if (answer == null) {
            throw new IllegalArgumentException("no ids for the list of batch " + batch);
        }
        return answer;
    }
}
