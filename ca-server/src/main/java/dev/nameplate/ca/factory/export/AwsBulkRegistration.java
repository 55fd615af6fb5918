package dev.nameplate.ca.factory.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * For AWS IoT's bulk registration: one line of template parameters per thing, in newline-delimited JSON, and the template that
 * takes them ({@code StartThingRegistrationTask}; one task at a time per account).
 */
public final class AwsBulkRegistration implements UnitWriter {
    private static final String NAME_FORM = "[a-zA-Z0-9:_-]{1,128}";

    private final Writer out;
    private final String ca;

    /** @param ca the certificate of the issuing CA in PEM, as it is registered with AWS IoT; empty if it is not */
    public AwsBulkRegistration(Writer out, String ca) {
        this.out = out;
        this.ca = ca;
    }

    /** The provisioning template for the lines; at most 10,240 octets, as AWS takes. */
    public static String template() {
        try (InputStream in = Objects.requireNonNull(
                AwsBulkRegistration.class.getResourceAsStream("aws-bulk-template.json"), "aws-bulk-template.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Override
    public void write(ExportUnit unit) throws IOException {
        if (!unit.id().value().matches(NAME_FORM)) {
            throw new UnfitUnitException("unit " + unit.id()
                    + " cannot be a thing's name: that has 1 to 128 letters, digits and : _ - only");
        }
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("ThingName", unit.id().value());
        line.put("SerialNumber", unit.serial());
        line.put("Batch", unit.batch());
        line.put("CertificatePem", Pem.of(unit.certificate()));
        line.put("CACertificatePem", ca);
        out.write(JsonMapper.shared().writeValueAsString(line));
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
