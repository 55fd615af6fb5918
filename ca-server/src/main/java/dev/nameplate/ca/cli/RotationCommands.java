package dev.nameplate.ca.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate issuer prepare}, {@code publish}, {@code activate}, {@code retire} and {@code destroy}. */
final class RotationCommands {
    private static final String PATH = "/api/v1/issuers";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int ENDING_LOOKS = 120;

    private RotationCommands() {}

    /** Steps of one generation of one issuer. */
    abstract static class OfGeneration extends ClientCommand {
        @Parameters(paramLabel = "NAME", description = "The issuer's name in the settings.")
        private String name = "";

        @Option(names = "--generation", paramLabel = "N", description = "Which of its keys, as in `issuer list`.")
        private @Nullable Integer number;

        OfGeneration(Nameplate root) {
            super(root);
        }

        final String name() {
            return name;
        }

        final boolean named() {
            return number != null;
        }

        final JsonNode step(OperatorDoor door, int generation, String step, Object body) {
            return door.post(path(generation) + "/" + step, body);
        }

        final String path(int generation) {
            return PATH + "/" + OperatorDoor.segment(name) + "/generations/" + generation;
        }

        /** The one that was named, or else the newest that may be meant. */
        final int generation(OperatorDoor door, Set<String> states, String hint) {
            if (number != null) {
                return number;
            }
            return newest(door, states)
                    .orElseThrow(() -> CommandFailedException.refused(
                            "issuer " + name + " has none that is " + String.join(" or ", states) + "; " + hint));
        }

        final Optional<Integer> newest(OperatorDoor door, Set<String> states) {
            return generations(door).stream()
                    .filter(issuer -> states.contains(issuer.path("state").asString("")))
                    .map(RotationCommands::number)
                    .max(Comparator.naturalOrder());
        }

        final List<JsonNode> generations(OperatorDoor door) {
            return StreamSupport.stream(door.get(PATH, Map.of()).path("items").spliterator(), false)
                    .filter(issuer -> issuer.path("name").asString("").equals(name))
                    .toList();
        }

        static void say(Screen screen, JsonNode issuer, String more) {
            screen.done(
                    issuer.path("generation").asString("") + " is "
                            + issuer.path("state").asString("") + more,
                    issuer);
        }
    }

    private static int number(JsonNode issuer) {
        String generation = issuer.path("generation").asString("/0");
        return Integer.parseInt(generation.substring(generation.indexOf('/') + 1));
    }

    @Command(
            name = "prepare",
            description = "Makes an issuer's next key in the token, and its certificate if it is signed here.")
    static final class Prepare extends ClientCommand {
        @Parameters(paramLabel = "NAME", description = "The issuer's name in the settings.")
        private String name = "";

        @Option(
                names = "--csr-out",
                paramLabel = "FILE",
                description = "Where the request for a CA elsewhere goes, as PEM. Default: the screen.")
        private @Nullable Path out;

        Prepare(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode prepared = door.post(PATH + "/" + OperatorDoor.segment(name) + "/generations", Map.of());
            String request = prepared.path("requestPem").asString("");
            OfGeneration.say(
                    screen,
                    prepared.path("issuer"),
                    request.isEmpty() ? "; `nameplate issuer publish " + name + "` hands it out" : next());
            if (!request.isEmpty()) {
                show(request, screen);
            }
            return ExitCode.DONE;
        }

        private String next() {
            return "; have its request signed, then: nameplate issuer publish " + name + " --chain FILE";
        }

        private void show(String request, Screen screen) {
            if (out == null) {
                screen.raw(request);
                return;
            }
            try {
                Files.writeString(out, request);
            } catch (IOException e) {
                throw CommandFailedException.fault(out + " cannot be written: " + e.getMessage());
            }
        }
    }

    @Command(
            name = "publish",
            description = "Hands the prepared key's certificate out to everyone who asks. It does not sign yet.")
    static final class Publish extends OfGeneration {
        @Option(
                names = "--chain",
                paramLabel = "FILE",
                description =
                        "PEM, where a CA elsewhere signed it: its certificate first, its root last, and after that"
                                + " certificates that join this root to the one before.")
        private @Nullable Path chain;

        Publish(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            int generation = generation(
                    door, Set.of("prepared", "published"), "`nameplate issuer prepare " + name() + "` makes the next");
            Map<String, String> body = new TreeMap<>();
            if (chain != null) {
                body.put("chainPem", read(chain));
            }
            say(
                    screen,
                    step(door, generation, "publication", body),
                    "; when devices have fetched it: nameplate issuer activate " + name());
            return ExitCode.DONE;
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw CommandFailedException.fault(file + " cannot be read: " + e.getMessage());
            }
        }
    }

    @Command(
            name = "activate",
            description = "Has the published key sign from now on. An earlier generation takes that back.")
    static final class Activate extends OfGeneration {
        @Option(names = "--force", description = "Also if few devices have fetched the new chain.")
        private boolean force;

        @Option(names = "--dry-run", description = "Only shows how many devices have fetched the new chain.")
        private boolean dryRun;

        Activate(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            int generation = meant(door);
            JsonNode reach = dryRun || !force ? door.get(path(generation) + "/reach", Map.of()) : null;
            if (dryRun && reach != null) {
                screen.done(line(reach), reach);
                return ExitCode.DONE;
            }
            JsonNode active = step(door, generation, "activation", Map.of("force", force));
            say(screen, active, reach == null ? "" : "; " + line(reach));
            return ExitCode.DONE;
        }

        /** The newest one, which may not be published yet: another one is not what was meant. */
        private int meant(OperatorDoor door) {
            Optional<Integer> newest = newest(door, Set.of("prepared")).filter(_ -> !named());
            int generation = generation(door, Set.of("published", "active"), publishFirst(name()));
            if (newest.isPresent() && newest.get() > generation) {
                throw CommandFailedException.refused(
                        name() + "/" + newest.get() + " is prepared and not published; " + publishFirst(name()));
            }
            return generation;
        }

        private static String publishFirst(String name) {
            return "`nameplate issuer publish " + name + "` comes first";
        }

        private static String line(JsonNode reach) {
            return reach.path("reached").asString("?") + " of "
                    + reach.path("devices").asString("?") + " devices ("
                    + reach.path("percent").asString("?") + " %) have fetched the chain of "
                    + reach.path("generation").asString("");
        }
    }

    @Command(
            name = "retire",
            description = "From now on an earlier key only says where its certificates stand (CRL and OCSP go on).")
    static final class Retire extends OfGeneration {
        @Option(names = "--force", description = "Also if issuers that it signed are in use.")
        private boolean force;

        Retire(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            say(screen, step(door, meant(door), "retirement", Map.of("force", force)), "");
            return ExitCode.DONE;
        }

        /** The oldest one before the one that signs. */
        private int meant(OperatorDoor door) {
            int active = newest(door, Set.of("active")).orElse(Integer.MAX_VALUE);
            Optional<Integer> oldest = generations(door).stream()
                    .filter(issuer -> issuer.path("state").asString("").equals("published"))
                    .map(RotationCommands::number)
                    .filter(number -> number < active)
                    .min(Comparator.naturalOrder());
            return oldest.orElseGet(() -> generation(
                    door,
                    Set.of("retired", "ending", "destroyed"),
                    "an earlier generation than the active one can be retired"));
        }
    }

    @Command(
            name = "destroy",
            description =
                    "Ends a retired key: publishes its last CRLs, and destroys it in the token. There is no way back.")
    static final class Destroy extends OfGeneration {
        @Option(
                names = "--force",
                description = "Also while certificates that it issued are good: nobody can revoke them then.")
        private boolean force;

        Destroy(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            int generation = newest(door, Set.of("ending", "retired"))
                    .filter(_ -> !named())
                    .orElseGet(() -> generation(
                            door, Set.of("destroyed"), "`nameplate issuer retire " + name() + "` comes first"));
            JsonNode issuer = step(door, generation, "destruction", Map.of("force", force));
            for (int look = 0; look < ENDING_LOOKS && ends(issuer); look++) {
                pause();
                issuer = step(door, generation, "destruction", Map.of("force", force));
            }
            say(
                    screen,
                    issuer,
                    ends(issuer) ? "; its last CRLs are not published yet, and the same command goes on then" : "");
            return ExitCode.DONE;
        }

        private static boolean ends(JsonNode issuer) {
            return issuer.path("state").asString("").equals("ending");
        }

        private static void pause() {
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CommandFailedException.fault("interrupted");
            }
        }
    }
}
