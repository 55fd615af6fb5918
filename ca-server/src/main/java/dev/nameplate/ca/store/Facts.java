package dev.nameplate.ca.store;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Short values by name, in one column as JSON. */
final class Facts {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    private Facts() {}

    static String write(Map<String, String> facts) {
        return JSON.writeValueAsString(facts);
    }

    static Map<String, String> read(String json) {
        return JSON.readValue(json, STRINGS);
    }
}
