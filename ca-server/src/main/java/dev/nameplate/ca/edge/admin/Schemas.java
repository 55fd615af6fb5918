package dev.nameplate.ca.edge.admin;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.naming.CleanSchemaDefinitionNamingStrategy;
import com.github.victools.jsonschema.generator.naming.DefaultSchemaDefinitionNamingStrategy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON schemas (2020-12, as OpenAPI 3.1 takes them) of the records that the API reads and writes. */
final class Schemas {
    private final JsonMapper json;
    private final SchemaBuilder builder;

    Schemas(JsonMapper json) {
        this.json = json;
        this.builder = generator().buildMultipleSchemaDefinitions();
    }

    /** @param types a record, and its type parameters if it has any */
    ObjectNode reference(List<Class<?>> types) {
        Class<?>[] parameters = types.subList(1, types.size()).toArray(Class<?>[]::new);
        return builder.createSchemaReference(types.getFirst(), parameters);
    }

    ObjectNode ofWord(Class<?> type) {
        return schema(Words.of(type));
    }

    /** Every schema referred to so far, by name. */
    ObjectNode definitions() {
        return builder.collectDefinitions("components/schemas");
    }

    private SchemaGenerator generator() {
        var config = new SchemaGeneratorConfigBuilder(json, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT)
                .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        config.forTypesInGeneral()
                .withCustomDefinitionProvider(this::definition)
                .withDefinitionNamingStrategy(new CleanSchemaDefinitionNamingStrategy(
                        new DefaultSchemaDefinitionNamingStrategy(), Schemas::plain));
        config.forFields().withRequiredCheck(Schemas::required);
        return new SchemaGenerator(config.build());
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]+", "");
    }

    private static boolean required(FieldScope field) {
        ResolvedType declared = field.getDeclaredType();
        return declared == null || !declared.isInstanceOf(Optional.class);
    }

    private @Nullable CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
        return Words.find(type.getErasedType())
                .map(word -> new CustomDefinition(schema(word), true))
                .orElse(null);
    }

    private ObjectNode schema(Word<?> word) {
        ObjectNode schema = json.createObjectNode().put("type", word.jsonType());
        word.format().ifPresent(format -> schema.put("format", format));
        if (!word.oneOf().isEmpty()) {
            ArrayNode values = schema.putArray("enum");
            word.oneOf().forEach(values::add);
        }
        return schema.put("description", word.says());
    }
}
