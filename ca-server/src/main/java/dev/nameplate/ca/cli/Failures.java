package dev.nameplate.ca.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What a failed command leaves on the screen: one line, and with {@code --json} what the server said. */
final class Failures implements IExecutionExceptionHandler {
    private final Nameplate root;

    Failures(Nameplate root) {
        this.root = root;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof CommandFailedException failed) {
            if (root.json()) {
                failed.problem().ifPresent(problem -> root.screen().done("", problem));
            }
            err.println("nameplate: " + failed.getMessage());
            return failed.exit().value();
        }
        err.println("nameplate: fault: " + failure);
        return ExitCode.FAULT.value();
    }
}
