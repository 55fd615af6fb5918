package dev.nameplate.ca.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** A command that talks to the operator door. */
abstract class ClientCommand implements Callable<Integer> {
    private final Nameplate root;

    ClientCommand(Nameplate root) {
        this.root = root;
    }

    @Override
    public final Integer call() {
        root.warning().ifPresent(line -> {
            err().println(line);
            err().flush();
        });
        try (OperatorDoor door = root.door()) {
            return run(door, root.screen()).value();
        }
    }

    abstract ExitCode run(OperatorDoor door, Screen screen);

    /** For what is not the answer: questions, bars, advice. */
    final PrintWriter err() {
        return root.err();
    }

    final Nameplate root() {
        return root;
    }
}
