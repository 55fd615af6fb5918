package dev.nameplate.ca.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code nameplate cert}. */
final class CertCommands {
    static final String PATH = "/api/v1/certificates";
    private static final List<Column> COLUMNS = List.of(
            Column.of("serial", "serial"),
            Column.of("holder", "holder"),
            Column.of("profile", "terms.profile"),
            Column.of("issuer", "terms.issuer"),
            new Column("status", CertCommands::status),
            Column.of("not before", "validity.notBefore"),
            Column.of("not after", "validity.notAfter"));
    private static final List<Column> DETAILS = List.of(
            Column.of("serial", "certificate.serial"),
            Column.of("subject", "certificate.subject"),
            Column.of("holder", "certificate.holder"),
            Column.of("profile", "certificate.terms.profile"),
            Column.of("label", "certificate.terms.label"),
            Column.of("issuer", "certificate.terms.issuer"),
            new Column("status", details -> status(details.path("certificate"))),
            Column.of("revoked at", "certificate.revoked.at"),
            Column.of("becomes final", "certificate.revoked.becomesFinal"),
            Column.of("not before", "certificate.validity.notBefore"),
            Column.of("not after", "certificate.validity.notAfter"),
            Column.of("first used", "certificate.firstUsedAt"),
            Column.of("sha-256", "certificate.fingerprint"));

    private CertCommands() {}

    private static String status(JsonNode certificate) {
        JsonNode revoked = certificate.path("revoked");
        if (revoked.isMissingNode()) {
            return "good";
        }
        return held(revoked) ? "held" : "revoked (" + revoked.path("reason").asString("") + ")";
    }

    static boolean held(JsonNode revoked) {
        return revoked.path("reason").asString("").equals("certificate-hold");
    }

    static Map<String, String> query(String name, @Nullable String value) {
        return value == null ? Map.of() : Map.of(name, value);
    }

    @Command(name = "list", description = "Lists certificates in the order of their serials.")
    static final class Certificates extends ClientCommand {
        @Option(names = "--device", paramLabel = "ID", description = "Only this device's.")
        private @Nullable String device;

        @Option(names = "--profile", paramLabel = "P", description = "Only those of this profile.")
        private @Nullable String profile;

        Certificates(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            Map<String, String> query = new TreeMap<>(query("device", device));
            query.putAll(query("profile", profile));
            screen.list(COLUMNS, page -> door.list(PATH, query, page));
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", description = "Shows a certificate.")
    static final class Show extends ClientCommand {
        @Parameters(paramLabel = "SERIAL", description = "Hexadecimal, with or without colons.")
        private String serial = "";

        @Option(names = "--pem", description = "The certificate itself, in PEM.")
        private boolean pem;

        @Option(names = "--issuer", paramLabel = "NAME/N", description = "Which, if several issuers used the serial.")
        private @Nullable String issuer;

        Show(Nameplate root) {
            super(root);
        }

        @Override
        ExitCode run(OperatorDoor door, Screen screen) {
            JsonNode details = door.get(PATH + "/" + OperatorDoor.segment(serial), query("issuer", issuer));
            if (pem && !root().json()) {
                screen.raw(details.path("pem").asString(""));
            } else {
                screen.describe(details, DETAILS);
            }
            return ExitCode.DONE;
        }
    }
}
