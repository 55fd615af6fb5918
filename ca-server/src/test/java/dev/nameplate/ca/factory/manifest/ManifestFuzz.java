package dev.nameplate.ca.factory.manifest;

import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A manifest is read to its end: every unit in it is one, and everything else is told with its line. */
public final class ManifestFuzz {
    private static final Party SIGNER = Recipe.leaf("CN=manufacturer").selfSigned();
    private static final ElementSigners SIGNERS = new ElementSigners(List.of(SIGNER.certificate()), "0");
    private static final List<ManifestReader> READERS = List.of(
            new CsvManifest(),
            NdjsonManifest.unsigned(),
            NdjsonManifest.signedBy(SIGNERS),
            new SecureElementManifest(SIGNERS));

    private ManifestFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (ManifestReader reader : READERS) {
            try {
                long[] last = {0};
                reader.read(new ByteArrayInputStream(input), line -> {
                    if (line.number() < last[0]) {
                        throw new AssertionError("line " + line.number() + " was told after " + last[0]);
                    }
                    last[0] = line.number();
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        element(input);
    }

    /** What a signature is only checked around. */
    private static void element(byte[] input) {
        try {
            new SecureElement(JsonMapper.shared().readTree(input), "0").unit();
        } catch (JacksonException | WrongLineException _) {
            // the ways to say no
        }
    }
}
