package dev.nameplate.ca.factory.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Microchip's manifest of secure elements: a JSON array of JWS in general form, each signed by the maker's log signer. */
public final class SecureElementManifest implements ManifestReader {
    private final ElementSigners signers;

    public SecureElementManifest(ElementSigners signers) {
        this.signers = signers;
    }

    @Override
    public void read(InputStream manifest, Consumer<ManifestLine> told) throws IOException {
        Duplicates duplicates = new Duplicates();
        long number = 1;
        try (JsonParser parser = JsonMapper.shared().createParser(manifest)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                told.accept(new ManifestLine.Wrong(1, "the file is not a JSON array of signed elements"));
                return;
            }
            for (; parser.nextToken() != JsonToken.END_ARRAY; number++) {
                told.accept(line(number, parser.readValueAsTree(), duplicates));
            }
        } catch (JacksonException broken) {
            told.accept(new ManifestLine.Wrong(number, "the file is not JSON from here on, or is cut off"));
        }
    }

    private ManifestLine line(long number, JsonNode element, Duplicates duplicates) {
        try {
            ManifestUnit unit = signers.unit(element);
            duplicates.refuse(unit);
            return new ManifestLine.Good(number, unit);
        } catch (WrongLineException wrong) {
            return new ManifestLine.Wrong(number, wrong.why());
        }
    }
}
