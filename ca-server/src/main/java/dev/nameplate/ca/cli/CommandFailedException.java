package dev.nameplate.ca.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Ends a command. The message is the one line that the user reads. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exit;
    private final transient Optional<JsonNode> problem;

    private CommandFailedException(ExitCode exit, String message, Optional<JsonNode> problem) {
        super(message);
        this.exit = exit;
        this.problem = problem;
    }

    /** The server said no. */
    static CommandFailedException refused(String message, JsonNode problem) {
        return new CommandFailedException(ExitCode.REFUSED, message, Optional.of(problem));
    }

    public static CommandFailedException refused(String message) {
        return new CommandFailedException(ExitCode.REFUSED, message, Optional.empty());
    }

    static CommandFailedException fault(String message, JsonNode problem) {
        return new CommandFailedException(ExitCode.FAULT, message, Optional.of(problem));
    }

    public static CommandFailedException wrongUsage(@Nullable String message) {
        return new CommandFailedException(
                ExitCode.WRONG_USAGE, message == null ? "wrong usage" : message, Optional.empty());
    }

    /** Unreachable, or something is broken. */
    public static CommandFailedException fault(String message) {
        return new CommandFailedException(ExitCode.FAULT, message, Optional.empty());
    }

    ExitCode exit() {
        return exit;
    }

    /** What the server said, for {@code --json}. */
    Optional<JsonNode> problem() {
        return problem;
    }
}
