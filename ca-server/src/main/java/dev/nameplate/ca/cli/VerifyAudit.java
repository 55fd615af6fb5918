package dev.nameplate.ca.cli;

import dev.nameplate.ca.audit.AuditExport;
import dev.nameplate.ca.audit.AuditVerdict;
import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code nameplate audit verify}: by the server, or of an export without any server. */
@Command(
        name = "verify",
        description = "Verifies every entry and every seal: on the server, or of an export, which needs no server.")
final class VerifyAudit implements Callable<Integer> {
    private static final List<Column> COLUMNS = List.of(
            Column.of("verdict", "verdict"),
            Column.of("says", "says"),
            Column.of("entries", "entries"),
            Column.of("sealed through", "sealedThrough"),
            Column.of("sealed at", "sealedAt"));

    private static final String UNPINNED =
            "every entry and every seal is right by the export's own root; name the CA with --ca to be sure of that too";

    private final Nameplate root;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "An export of the trail, or a signed record as of a closed batch; verified here, with no server.")
    private @Nullable Path file;

    @Option(
            names = "--units",
            paramLabel = "FILE",
            description = "The export of a closed batch, to be verified against its record.")
    private @Nullable Path units;

    @Option(
            names = "--ca",
            paramLabel = "PEM",
            description = "The CA certificate that the seals must lead to. Default: HOME/tls/ca.pem, if it exists.")
    private @Nullable Path ca;

    VerifyAudit(Nameplate root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JsonNode verdict = file == null ? byServer() : offline(file);
        root.screen().describe(verdict, COLUMNS);
        return switch (verdict.path("verdict").asString("")) {
            case "intact" -> ExitCode.DONE.value();
            default ->
                throw CommandFailedException.refused(
                        "it is not proved intact: " + verdict.path("says").asString(""));
        };
    }

    private JsonNode byServer() {
        try (OperatorDoor door = root.door()) {
            return door.get("/api/v1/audit/verification", Map.of());
        }
    }

    private JsonNode offline(Path export) {
        try (InputStream in = Files.newInputStream(export)) {
            Optional<StatementCheck> statement = StatementCheck.of(export, pinned());
            return statement.isPresent()
                    ? statement.get().verdict(Optional.ofNullable(units))
                    : node(AuditExport.verify(in, pinned()));
        } catch (IOException e) {
            throw CommandFailedException.fault(export + " cannot be read: " + e.getMessage());
        }
    }

    private Optional<Sha256> pinned() {
        return PinnedRoot.of(root, ca);
    }

    private ObjectNode node(AuditVerdict verdict) {
        ObjectNode node = root.screen().mapper().createObjectNode();
        return switch (verdict) {
            case AuditVerdict.Intact intact ->
                node.put("verdict", "intact")
                        .put("says", pinned().isPresent() ? "every entry and every seal is right" : UNPINNED)
                        .put("entries", intact.entries())
                        .put("sealedThrough", intact.sealedThrough())
                        .put("sealedAt", intact.sealedAt().toString());
            case AuditVerdict.Unsealed unsealed ->
                node.put("verdict", "unsealed")
                        .put("says", "no seal says that these entries are the ones written")
                        .put("entries", unsealed.entries());
            case AuditVerdict.Broken broken ->
                node.put("verdict", "broken").put("says", broken.message()).put("brokenAt", broken.number());
        };
    }
}
