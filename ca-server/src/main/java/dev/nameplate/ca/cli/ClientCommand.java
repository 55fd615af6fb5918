package dev.nameplate.ca.cli;

import java.io.PrintWriter;
import java.util.Optional;
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
        Optional<ExitCode> alone = runAlone(root.screen());
        if (alone.isPresent()) {
            return alone.get().value();
        }
        try (OperatorDoor door = root.door()) {
            return run(door, root.screen()).value();
        }
    }

    /** @return how it ended, if it needs no server this time */
    Optional<ExitCode> runAlone(Screen screen) {
        return Optional.empty();
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
