package dev.nameplate.ca.config;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;

/** Notes unknown keys and values of the wrong kind, and reads on as if they were not there. */
final class ShapeProblems extends DeserializationProblemHandler {
    private final Problems problems;

    ShapeProblems(Problems problems) {
        this.problems = problems;
    }

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            ValueDeserializer<?> deserializer,
            Object owner,
            String key) {
        problems.add(path(parser), "unknown key");
        parser.skipChildren();
        return true;
    }

    @Override
    public @Nullable Object handleWeirdStringValue(
            DeserializationContext context, Class<?> wanted, String value, String why) {
        return wrong(context.getParser(), value, wanted);
    }

    @Override
    public @Nullable Object handleWeirdNumberValue(
            DeserializationContext context, Class<?> wanted, Number value, String why) {
        return wrong(context.getParser(), value.toString(), wanted);
    }

    @Override
    public @Nullable Object handleUnexpectedToken(
            DeserializationContext context, JavaType wanted, JsonToken token, JsonParser parser, String why) {
        String found = token.isScalarValue() ? parser.getString() : token.isStructStart() ? "a section" : "this";
        parser.skipChildren();
        return wrong(parser, found, wanted.getRawClass());
    }

    private @Nullable Object wrong(JsonParser parser, String found, Class<?> wanted) {
        problems.add(path(parser), "is " + found + " where " + word(wanted) + " belongs");
        return null;
    }

    private static String word(Class<?> wanted) {
        if (Number.class.isAssignableFrom(wanted)) {
            return "a number";
        }
        if (wanted == Boolean.class) {
            return "true or false";
        }
        if (Iterable.class.isAssignableFrom(wanted)) {
            return "a list";
        }
        return wanted == String.class ? "text" : "a section";
    }

    private static String path(JsonParser parser) {
        String pointer = parser.streamReadContext().pathAsPointer().toString();
        return pointer.isEmpty() ? "settings" : pointer.substring(1).replace('/', '.');
    }
}
