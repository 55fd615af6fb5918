package dev.nameplate.ca.edge.admin;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an operation answers when it does as asked.
 *
 * @param contentType empty if there is no content
 * @param types the type of the content and its type parameters; empty if it is not JSON
 */
record Reply(int status, String says, String contentType, List<Class<?>> types) {
    static final String JSON = "application/json";

    Reply {
        types = List.copyOf(types);
    }

    static Reply json(String says, Class<?> type, Class<?>... parameters) {
        return new Reply(200, says, JSON, types(type, parameters));
    }

    static Reply created(String says, Class<?> type) {
        return new Reply(201, says, JSON, List.of(type));
    }

    static Reply unavailable(String says, Class<?> type) {
        return new Reply(503, says, JSON, List.of(type));
    }

    static Reply nothing(String says) {
        return new Reply(204, says, "", List.of());
    }

    static Reply text(String says, String contentType) {
        return new Reply(200, says, contentType, List.of());
    }

    private static List<Class<?>> types(Class<?> type, Class<?>... parameters) {
        return Stream.concat(Stream.of(type), Arrays.stream(parameters)).toList();
    }
}
