package dev.nameplate.ca.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The shape of {@code nameplate.yaml}. */
final class YamlFile {
    private YamlFile() {}

    /**
     * What can be read of the file; what cannot is among the problems.
     *
     * @throws SettingsException if it is not there, or not YAML
     */
    static SettingsFile read(Path file, Problems problems) {
        if (!Files.isRegularFile(file)) {
            throw new SettingsException(List.of(file + " does not exist; make a home with `nameplate init`"));
        }
        YAMLMapper yaml = YAMLMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .addHandler(new ShapeProblems(problems))
                .build();
        try {
            return Optional.ofNullable(yaml.readValue(file, SettingsFile.class)).orElse(SettingsFile.EMPTY);
        } catch (JacksonException e) {
            throw new SettingsException(List.of(file + ": " + e.getOriginalMessage() + where(e)));
        }
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }
}
