package dev.nameplate.ca.cli;

import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A column of a table, or a line of a description: its name, and what of an object it shows. */
record Column(String name, Function<JsonNode, String> text) {
    private static final String ABSENT = "-";

    /** @param path of the member, as in {@code revoked.at} */
    static Column of(String name, String path) {
        return new Column(name, object -> shown(object.at("/" + path.replace('.', '/'))));
    }

    /** Lists in one line; whatever could move the cursor of a terminal is taken out. */
    private static String shown(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return ABSENT;
        }
        String text = switch (value.getNodeType()) {
            case ARRAY -> value.valueStream().map(Column::shown).collect(Collectors.joining(","));
            case OBJECT ->
                value.propertyStream()
                        .map(member -> member.getKey() + "=" + shown(member.getValue()))
                        .collect(Collectors.joining(" "));
            default -> value.asString("");
        };
        return text.isEmpty() ? ABSENT : text.replaceAll("\\p{Cntrl}", "?");
    }
}
