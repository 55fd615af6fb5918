package dev.nameplate.ca.factory.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our own: a JSON object on each line. Either {@code {"id":...,"key":base64 of SubjectPublicKeyInfo,...}}, or a signed unit as
 * {@link dev.nameplate.ca.factory.export.SignedManifest} writes it. Where signers are pinned, only signed lines are taken.
 */
public final class NdjsonManifest implements ManifestReader {
    private final Optional<ElementSigners> signers;

    private NdjsonManifest(Optional<ElementSigners> signers) {
        this.signers = signers;
    }

    /** Takes what the file says, on the word of whoever hands it in. */
    public static NdjsonManifest unsigned() {
        return new NdjsonManifest(Optional.empty());
    }

    /** Takes only what one of these signed. */
    public static NdjsonManifest signedBy(ElementSigners signers) {
        return new NdjsonManifest(Optional.of(signers));
    }

    @Override
    public void read(InputStream manifest, Consumer<ManifestLine> told) throws IOException {
        Lines lines = new Lines(manifest);
        Duplicates duplicates = new Duplicates();
        Optional<ManifestLine> next = next(lines, duplicates);
        while (next.isPresent()) {
            told.accept(next.get());
            next = next(lines, duplicates);
        }
    }

    private Optional<ManifestLine> next(Lines lines, Duplicates duplicates) throws IOException {
        try {
            Optional<String> line = lines.next();
            while (line.isPresent() && line.get().isEmpty()) {
                line = lines.next();
            }
            if (line.isEmpty()) {
                return Optional.empty();
            }
            ManifestUnit unit = unit(JsonMapper.shared().readTree(line.get()));
            duplicates.refuse(unit);
            return Optional.of(new ManifestLine.Good(lines.number(), unit));
        } catch (WrongLineException wrong) {
            return Optional.of(new ManifestLine.Wrong(lines.number(), wrong.why()));
        } catch (JacksonException notJson) {
            return Optional.of(new ManifestLine.Wrong(lines.number(), "it is not JSON"));
        }
    }

    private ManifestUnit unit(JsonNode line) throws WrongLineException {
        if (!line.isObject()) {
            throw new WrongLineException("it is not a JSON object");
        }
        if (signers.isPresent()) {
            return signers.get().unit(line);
        }
        if (line.has("signature")) {
            throw new WrongLineException("it is signed: say whose signatures count, or take the signatures off");
        }
        Map<String, String> facts = new TreeMap<>();
        line.properties()
                .forEach(member -> facts.put(member.getKey(), member.getValue().asString("")));
        facts.remove("id");
        facts.remove("key");
        return new ManifestUnit(
                PublicKeyText.id(line.path("id").asString("")),
                PublicKeyText.parse(line.path("key").asString("")),
                facts);
    }
}
