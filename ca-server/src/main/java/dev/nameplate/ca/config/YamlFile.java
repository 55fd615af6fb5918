package dev.nameplate.ca.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The shape of {@code nameplate.yaml}: unknown keys and wrong types are all found in one reading. */
final class YamlFile {
    private YamlFile() {}

    static SettingsFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SettingsException(List.of(file + " does not exist; make a home with `nameplate init`"));
        }
        WrongKeys wrong = new WrongKeys();
        YAMLMapper yaml = YAMLMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addHandler(wrong)
                .build();
        try {
            SettingsFile settings = yaml.readValue(file, SettingsFile.class);
            if (!wrong.found().isEmpty()) {
                throw new SettingsException(wrong.found());
            }
            return settings;
        } catch (JacksonException e) {
            throw new SettingsException(List.of(file + ": " + e.getOriginalMessage() + where(e)));
        }
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }
}
