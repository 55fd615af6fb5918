package dev.nameplate.ca.factory.export;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import java.io.IOException;
import java.io.Writer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A unit a line, with its certificates: {@code {"unit","product","batch","at","chain":[base64 of DER, ...]}}; all other formats are made of it. */
public final class CertificateLines implements UnitWriter {
    private final Writer out;

    public CertificateLines(Writer out) {
        this.out = out;
    }

    @Override
    public void write(ExportUnit unit) throws IOException {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("unit", unit.id().value());
        line.put("product", unit.product());
        line.put("batch", unit.batch());
        line.put("at", unit.at().toString());
        ArrayNode chain = line.putArray("chain");
        unit.chain().forEach(each -> chain.add(Base64.getEncoder().encodeToString(each.octets())));
        out.write(JsonMapper.shared().writeValueAsString(line));
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }

    /** @throws IllegalArgumentException if it is no such line */
    public static ExportUnit parse(String line) {
        try {
            JsonNode json = JsonMapper.shared().readTree(line);
            List<CertificateDer> chain = new ArrayList<>();
            json.path("chain")
                    .forEach(each ->
                            chain.add(CertificateDer.parse(Base64.getDecoder().decode(each.asString("")))));
            return new ExportUnit(
                    new DeviceId(json.path("unit").asString("")),
                    json.path("product").asString(""),
                    json.path("batch").asString(""),
                    chain,
                    Instant.parse(json.path("at").asString("")));
        } catch (JacksonException | DateTimeException malformed) {
            throw new IllegalArgumentException("not a unit with its certificates", malformed);
        }
    }
}
