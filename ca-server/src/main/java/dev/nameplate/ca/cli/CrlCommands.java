package dev.nameplate.ca.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate crl}. */
final class CrlCommands {
    private static final String PATH = "/api/v1/crls";
    private static final List<Column> COLUMNS = List.of(
            Column.of("crl", "crl"),
            Column.of("number", "number"),
            Column.of("this update", "thisUpdate"),
            Column.of("next update", "nextUpdate"),
            Column.of("due", "due"),
            Column.of("entries", "content.entries"),
            Column.of("bytes", "content.octets"),
            Column.of("trouble", "trouble"));
    private static final List<Column> DETAILS = List.of(
            Column.of("crl", "crl"),
            Column.of("number", "number"),
            Column.of("this update", "thisUpdate"),
            Column.of("next update", "nextUpdate"),
            Column.of("due", "due"),
            Column.of("entries", "content.entries"),
            Column.of("bytes", "content.octets"),
            Column.of("sha-256", "content.sha256"),
            Column.of("trouble", "trouble"));

    private CrlCommands() {}

    private static String path(String crl) {
        int slash = crl.indexOf('/');
        if (slash < 0) {
            throw CommandFailedException.refused(
                    "a CRL is written ISSUER/gN or ISSUER/gN-SHARD, as in devices/g1; see" + " `nameplate crl list`");
        }
        return PATH + "/" + OperatorDoor.segment(crl.substring(0, slash)) + "/"
                + OperatorDoor.segment(crl.substring(slash + 1));
    }

    @Command(name = "list", description = "Lists the newest CRL of every issuer and shard.")
    static final class Crls extends ClientCommand {
        @Option(names = "--issuer", paramLabel = "NAME", description = "Only this issuer's.")
        private @Nullable String issuer;

        Crls(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            Map<String, String> query = issuer == null ? Map.of() : Map.of("issuer", issuer);
            screen.list(COLUMNS, page -> door.list(PATH, query, page));
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", description = "Shows the newest CRL of an issuer or a shard.")
    static final class Show extends ClientCommand {
        @Parameters(paramLabel = "CRL", description = "As in devices/g1, or devices/g1-7 for a shard.")
        private String crl = "";

        Show(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            screen.describe(door.get(path(crl), Map.of()), DETAILS);
            return ExitCode.DONE;
        }
    }

    @Command(name = "publish", description = "Publishes a CRL now, although nothing may have changed.")
    static final class Publish extends ClientCommand {
        @Parameters(paramLabel = "CRL", description = "As in devices/g1, or devices/g1-7 for a shard.")
        private String crl = "";

        Publish(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode published = door.post(path(crl) + "/publication", Map.of());
            screen.done(
                    "published " + crl + " number " + published.path("number").asString("?"), published);
            return ExitCode.DONE;
        }
    }
}
