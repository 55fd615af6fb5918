package dev.nameplate.ca.edge.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a value is written in a path, a query and JSON.
 *
 * @param jsonType {@code string} or {@code integer}
 * @param format as JSON Schema names it
 * @param oneOf the only values there are; empty if they are not counted
 */
record Word<T>(
        Class<T> type,
        Function<String, T> parse,
        Function<T, String> show,
        String jsonType,
        Optional<String> format,
        List<String> oneOf,
        String says) {

    static <T> Word<T> text(Class<T> type, Function<String, T> parse, String says) {
        return new Word<>(type, parse, Object::toString, "string", Optional.empty(), List.of(), says);
    }

    static <T> Word<T> text(Class<T> type, Function<String, T> parse, String format, String says) {
        return new Word<>(type, parse, Object::toString, "string", Optional.of(format), List.of(), says);
    }

    static <T> Word<T> number(Class<T> type, Function<String, T> parse, String says) {
        return new Word<>(type, parse, Object::toString, "integer", Optional.empty(), List.of(), says);
    }

    /** In lower case, with dashes. */
    static <E extends Enum<E>> Word<E> oneOf(Class<E> type, String says) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Word::shown).toList();
        return new Word<>(type, text -> find(type, text, names), Word::shown, "string", Optional.empty(), names, says);
    }

    private static <E extends Enum<E>> String shown(E value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E find(Class<E> type, String text, List<String> names) {
        int index = names.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException("is not one of " + String.join(", ", names));
        }
        return type.getEnumConstants()[index];
    }
}
