package dev.nameplate.ca.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;

/** Notes each key that is unknown or has a value of the wrong kind, and goes on reading as if it were absent. */
final class WrongKeys extends DeserializationProblemHandler {
    private final List<String> found = new ArrayList<>();

    List<String> found() {
        return List.copyOf(found);
    }

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            @Nullable ValueDeserializer<?> deserializer,
            Object beanOrClass,
            String name) {
        note(parser, "unknown key");
        parser.skipChildren();
        return true;
    }

    @Override
    public @Nullable Object handleWeirdStringValue(
            DeserializationContext context, Class<?> type, String value, String message) {
        return note(context.getParser(), "cannot be " + value);
    }

    @Override
    public @Nullable Object handleUnexpectedToken(
            DeserializationContext context, JavaType type, JsonToken token, JsonParser parser, String message) {
        note(parser, "cannot be a " + kind(token));
        parser.skipChildren();
        return null;
    }

    @Override
    public @Nullable Object handleMissingInstantiator(
            DeserializationContext context,
            Class<?> type,
            @Nullable ValueInstantiator instantiator,
            JsonParser parser,
            String message) {
        return note(parser, "cannot be a value, it has keys of its own");
    }

    private @Nullable Object note(JsonParser parser, String what) {
        found.add(path(parser) + ": " + what + where(parser));
        return null;
    }

    /** Unknown keys are read again from a buffer, which has forgotten their lines. */
    private static String where(JsonParser parser) {
        int line = parser.currentTokenLocation().getLineNr();
        return line > 0 ? " (line " + line + ")" : "";
    }

    /** As an operator writes it, {@code doors.device.port}. */
    private static String path(JsonParser parser) {
        String pointer = parser.streamReadContext().pathAsPointer().toString();
        return pointer.isEmpty() ? "the file" : pointer.substring(1).replace('/', '.');
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "list";
            case START_OBJECT -> "map";
            default -> "single value";
        };
    }
}
