package dev.nameplate.ca.cli;

import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code nameplate ceremony verify}: the record of a ceremony and every file beside it; no server is needed. */
@Command(
        name = "verify",
        description =
                "Verifies a ceremony's signed record, and that the files beside it are the ones of that day. Needs"
                        + " neither server nor home.")
public final class VerifyCeremony implements Callable<Integer> {
    private static final String RECORD = "record.der";
    private static final List<Column> COLUMNS = List.of(
            Column.of("verdict", "verdict"),
            Column.of("says", "says"),
            Column.of("signed at", "sealedAt"),
            Column.of("operators", "operators"),
            Column.of("files", "files"),
            Column.of("not here", "absent"));

    private final Nameplate root;

    @Parameters(paramLabel = "DIR", description = "Where the ceremony left its files.")
    private Path directory = Path.of(".");

    @Option(
            names = "--ca",
            paramLabel = "PEM",
            description = "The CA certificate that the record must lead to. Default: HOME/tls/ca.pem, if it exists.")
    private @Nullable Path ca;

    public VerifyCeremony(Nameplate root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        ObjectNode verdict;
        try {
            verdict = verdict();
        } catch (IOException e) {
            throw CommandFailedException.fault(directory + " cannot be read: " + e.getMessage());
        }
        root.screen().describe(verdict, COLUMNS);
        if (!verdict.path("verdict").asString("").equals("intact")) {
            throw CommandFailedException.refused(
                    "it is not proved intact: " + verdict.path("says").asString(""));
        }
        return ExitCode.DONE.value();
    }

    private ObjectNode verdict() throws IOException {
        StatementCheck check = StatementCheck.of(directory.resolve(RECORD), PinnedRoot.of(root, ca))
                .orElseThrow(() -> CommandFailedException.refused(
                        directory.resolve(RECORD) + " is not the signed record of a ceremony"));
        ObjectNode verdict = check.verdict(Optional.empty());
        if (!verdict.path("verdict").asString("").equals("intact")) {
            return verdict;
        }
        JsonNode record = verdict.path("record");
        if (!record.path("kind").asString("").equals("ceremony")) {
            return broken(verdict, "the record is not that of a ceremony");
        }
        return withFiles(verdict, record);
    }

    private ObjectNode withFiles(ObjectNode verdict, JsonNode record) throws IOException {
        List<String> same = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (Map.Entry<String, JsonNode> file : Stream.concat(
                        record.path("inputs").properties().stream(), record.path("outputs").properties().stream())
                .toList()) {
            Path here = directory.resolve(file.getKey());
            if (!Files.isRegularFile(here)) {
                absent.add(file.getKey());
            } else if (hash(here).equals(file.getValue().asString(""))) {
                same.add(file.getKey());
            } else {
                return broken(verdict, here + " is not the one of the ceremony");
            }
        }
        return verdict.put("operators", words(record.path("operators")))
                .put("files", String.join(", ", same))
                .put("absent", String.join(", ", absent));
    }

    private static String words(JsonNode names) {
        return String.join(
                ", ", names.valueStream().map(name -> name.asString("")).toList());
    }

    private static String hash(Path file) throws IOException {
        return Sha256.of(Files.readAllBytes(file)).toString();
    }

    private static ObjectNode broken(ObjectNode verdict, String why) {
        return verdict.put("verdict", "broken").put("says", why);
    }
}
