package dev.nameplate.ca.edge.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** JSON as the API speaks it: strict in what it takes, and it says which field is wrong. */
final class ApiJson {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_TEXT = 64 * 1024;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    coercion -> coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .addModule(WordModule.create())
            .build();

    JsonMapper mapper() {
        return mapper;
    }

    byte[] write(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    /** @throws MalformedCallException naming the field that is unknown, missing, or not what it has to be */
    <T> T read(byte[] body, Class<T> type) {
        try {
            T value = mapper.readValue(body, type);
            if (value == null) {
                throw MalformedCallException.body("the body is null instead of an object");
            }
            return value;
        } catch (JacksonException e) {
            throw complaint(e);
        }
    }

    private static MalformedCallException complaint(JacksonException problem) {
        String field = field(problem.getPath());
        String why = switch (problem) {
            case UnrecognizedPropertyException e -> "unknown field; known are " + known(e);
            case MismatchedInputException e when missing(e) -> "is missing";
            case MismatchedInputException e -> "is not what belongs here: " + expected(e);
            default -> said(problem);
        };
        return field.isEmpty()
                ? MalformedCallException.body("the body is not what this takes: " + why)
                : MalformedCallException.field(field, field + ": " + why);
    }

    private static String field(List<JacksonException.Reference> path) {
        return path.stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String known(UnrecognizedPropertyException e) {
        return e.getKnownPropertyIds() == null
                ? "none"
                : e.getKnownPropertyIds().stream()
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    /** Only the feature's own message tells a null from a value of a wrong kind. */
    private static boolean missing(MismatchedInputException e) {
        return e.getOriginalMessage().contains("FAIL_ON_NULL_CREATOR_PROPERTIES");
    }

    private static String expected(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (type == null) {
            return "wrong kind of value";
        }
        return Words.find(type)
                .map(word -> "a text is due, " + word.says())
                .orElseGet(() -> "a value of the kind " + type.getSimpleName().toLowerCase(Locale.ROOT) + " is due");
    }

    private static String said(JacksonException problem) {
        Throwable cause = problem.getCause();
        String text = cause instanceof IllegalArgumentException ? cause.getMessage() : problem.getOriginalMessage();
        return text == null ? "it cannot be read" : text;
    }
}
