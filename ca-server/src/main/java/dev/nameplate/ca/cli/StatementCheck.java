package dev.nameplate.ca.cli;

import dev.nameplate.ca.audit.SignedStatement;
import dev.nameplate.ca.pki.MerkleRoot;
import dev.nameplate.ca.pki.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whether a signed record that was written into a file, as of a closed batch, is what the CA signed; no server is needed. */
final class StatementCheck {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PEM = "-----BEGIN CMS-----";
    private static final byte SEQUENCE = 0x30;

    private final byte[] octets;
    private final Optional<Sha256> pinned;

    private StatementCheck(byte[] octets, Optional<Sha256> pinned) {
        this.octets = octets;
        this.pinned = pinned;
    }

    /** @return nothing if the file is something else */
    static Optional<StatementCheck> of(Path file, Optional<Sha256> pinned) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(PEM.length());
        }
        if (new String(head, StandardCharsets.ISO_8859_1).equals(PEM)) {
            return Optional.of(new StatementCheck(der(Files.readString(file, StandardCharsets.US_ASCII)), pinned));
        }
        return head.length > 0 && head[0] == SEQUENCE
                ? Optional.of(new StatementCheck(Files.readAllBytes(file), pinned))
                : Optional.empty();
    }

    /** @param units the batch's export, if that is to be verified too */
    ObjectNode verdict(Optional<Path> units) throws IOException {
        return switch (SignedStatement.verify(octets, pinned)) {
            case SignedStatement.Verdict.NotGenuine(var why) -> broken("the record: " + why);
            case SignedStatement.Verdict.Genuine genuine -> genuine(genuine, units);
        };
    }

    private ObjectNode genuine(SignedStatement.Verdict.Genuine genuine, Optional<Path> units) throws IOException {
        JsonNode content;
        try {
            content = JSON.readTree(genuine.content());
        } catch (JacksonException e) {
            return broken("the record is signed, but no JSON");
        }
        if (units.isPresent()) {
            MerkleRoot tree = new MerkleRoot();
            try (BufferedReader lines = Files.newBufferedReader(units.get())) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    tree.add(line.getBytes(StandardCharsets.UTF_8));
                }
            }
            if (!tree.root().toString().equals(content.path("unitsRoot").asString(""))) {
                return broken("the units are not those of the record: their tree has the root " + tree.root());
            }
        }
        return JSON.createObjectNode()
                .put("verdict", "intact")
                .put(
                        "says",
                        (units.isPresent() ? "the record and every unit are" : "the record is") + " what the CA signed"
                                + (pinned.isPresent() ? "" : ", by the record's own root; name the CA with --ca"))
                .put("sealedAt", genuine.signedAt().toString())
                .set("record", content);
    }

    private static ObjectNode broken(String why) {
        return JSON.createObjectNode().put("verdict", "broken").put("says", why);
    }

    private static byte[] der(String pem) throws IOException {
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            PemObject object = reader.readPemObject();
            if (object == null) {
                throw new IOException("it holds no PEM object");
            }
            return object.getContent();
        }
    }
}
