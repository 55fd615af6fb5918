package dev.nameplate.ca.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.CollectedProblem;
import tools.jackson.databind.exc.DeferredBindingException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The shape of {@code nameplate.yaml}: unknown keys and wrong types are all found in one reading. */
final class YamlFile {
    private static final String UNKNOWN = "Unknown property";

    private YamlFile() {}

    static SettingsFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SettingsException(List.of(file + " does not exist; make a home with `nameplate init`"));
        }
        YAMLMapper yaml = YAMLMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try {
            return yaml.readerFor(SettingsFile.class).problemCollectingReader().readValueCollectingProblems(file);
        } catch (DeferredBindingException e) {
            throw new SettingsException(
                    e.getProblems().stream().map(YamlFile::line).toList());
        } catch (JacksonException e) {
            throw new SettingsException(List.of(file + ": " + e.getOriginalMessage() + where(e)));
        }
    }

    private static String line(CollectedProblem problem) {
        String path = problem.getPath().toString().substring(1).replace('/', '.');
        if (problem.getMessage().startsWith(UNKNOWN)) {
            return path + ": unknown key";
        }
        return path + ": cannot be " + problem.getRawValue() + " (line "
                + problem.getLocation().getLineNr() + ")";
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }
}
