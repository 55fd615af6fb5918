package dev.nameplate.ca.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate batch}: pause, open, bind, close, export. */
final class BatchStateCommands {
    private BatchStateCommands() {}

    /** A command about one batch. */
    abstract static class OfOne extends ClientCommand {
        @Parameters(paramLabel = "NAME", description = "The batch.")
        private String name = "";

        OfOne(Nameplate root) {
            super(root);
        }

        final String name() {
            return name;
        }

        final String path(String below) {
            return BatchCommands.path(name) + "/" + below;
        }
    }

    @Command(name = "pause", description = "Nothing begins until it is opened again; what has begun goes on.")
    static final class Pause extends OfOne {
        Pause(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.done("paused batch " + name(), door.post(path("state"), Map.of("state", "paused")));
            return ExitCode.DONE;
        }
    }

    @Command(name = "open", description = "Opens a paused batch again.")
    static final class Open extends OfOne {
        Open(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.done("opened batch " + name(), door.post(path("state"), Map.of("state", "open")));
            return ExitCode.DONE;
        }
    }

    @Command(name = "bind", description = "Says for which stations a batch is: these and no others.")
    static final class Bind extends OfOne {
        @Option(names = "--station", paramLabel = "STATION", description = "A station. May be repeated.")
        private List<String> stations = new ArrayList<>();

        Bind(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode batch = door.post(path("stations"), Map.of("stations", stations));
            screen.done("batch " + name() + " is for " + String.join(", ", stations), batch);
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "close",
            description = "Closes a batch for good and writes its closing record, which `audit verify --file` and"
                    + " `openssl cms -verify -inform PEM -purpose any` verify.")
    static final class Close extends OfOne {
        @Option(names = "--out", paramLabel = "FILE", required = true, description = "A file that does not exist yet.")
        private Path out = Path.of("");

        @Option(names = "--scrap-unfinished", description = "Units that are not verified are scrapped.")
        private boolean scrap;

        Close(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            NewFile file = NewFile.closed(out);
            file.requireAbsent();
            JsonNode closed = door.post(path("closing"), Map.of("rest", scrap ? "scrapped" : "none"));
            try {
                file.write(pem(Base64.getDecoder().decode(closed.path("record").asString(""))));
            } catch (IOException e) {
                throw CommandFailedException.fault(out + " cannot be written: " + e.getMessage()
                        + "; the same command again gives the same record");
            }
            screen.done("closed batch " + name() + "; wrote " + out, closed);
            return ExitCode.DONE;
        }

        private static byte[] pem(byte[] record) throws IOException {
            StringWriter text = new StringWriter();
            try (PemWriter pem = new PemWriter(text)) {
                pem.writeObject(new PemObject("CMS", record));
            }
            return text.toString().getBytes(StandardCharsets.US_ASCII);
        }
    }
}
