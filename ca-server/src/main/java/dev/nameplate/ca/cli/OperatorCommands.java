package dev.nameplate.ca.cli;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.OperatorName;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate operator}. */
final class OperatorCommands {
    private static final String PATH = "/api/v1/operators";
    private static final List<Column> COLUMNS = List.of(
            Column.of("name", "name"),
            Column.of("roles", "roles"),
            Column.of("added", "addedAt"),
            Column.of("removed", "removedAt"));

    private OperatorCommands() {}

    @Command(
            name = "add",
            description = "Adds an operator. The key is made here and stays here; NAME.pem is for the command line,"
                    + " NAME.p12 for browsers, with its password in NAME.p12.password.")
    static final class Add extends ClientCommand {
        @Parameters(paramLabel = "NAME", description = "A name that nobody ever had.")
        private String name = "";

        @Option(
                names = "--role",
                paramLabel = "R",
                required = true,
                description = "admin, operator, auditor or station. May be repeated.")
        private List<String> roles = new ArrayList<>();

        @Option(names = "--out", paramLabel = "DIR", description = "Where the files go. Default: HOME/operators.")
        private @Nullable Path out;

        Add(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            OperatorName operator = checked();
            Path directory = out == null ? root().home().resolve("operators") : out;
            IdentityFiles files = new IdentityFiles(directory, operator);
            files.requireAbsent();
            OperatorKey key = OperatorKey.generate(operator);
            JsonNode added = door.post(PATH, Map.of("name", name, "roles", roles, "csr", key.requestPem()));
            files.write(key.key(), chain(added), new SecureRandom());
            screen.done("added operator " + name + "; wrote " + files.pem() + " and " + files.p12(), added);
            return ExitCode.DONE;
        }

        private OperatorName checked() {
            try {
                return new OperatorName(name);
            } catch (IllegalArgumentException e) {
                throw CommandFailedException.wrongUsage(e.getMessage());
            }
        }
    }

    @Command(name = "list", description = "Lists operators, removed ones too.")
    static final class Operators extends ClientCommand {
        Operators(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode operators = door.get(PATH, Map.of());
            screen.list(COLUMNS, page -> page.accept(operators.path("items")));
            return ExitCode.DONE;
        }
    }

    @Command(name = "remove", description = "Removes an operator. Its certificates open nothing any more.")
    static final class Remove extends ClientCommand {
        @Parameters(paramLabel = "NAME", description = "The operator's name.")
        private String name = "";

        Remove(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            door.delete(PATH + "/" + OperatorDoor.segment(name));
            screen.done(
                    "removed operator " + name,
                    screen.mapper().createObjectNode().put("removed", name));
            return ExitCode.DONE;
        }
    }

    /** What the server answers to whom it certified. */
    static List<CertificateDer> chain(JsonNode added) {
        String pem = added.path("certificatePem").asString("")
                + added.path("chainPem").asString("");
        List<CertificateDer> chain = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            for (PemObject next = reader.readPemObject(); next != null; next = reader.readPemObject()) {
                chain.add(CertificateDer.parse(next.getContent()));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw CommandFailedException.fault("the server's certificates cannot be read: " + e.getMessage());
        }
        return chain;
    }
}
