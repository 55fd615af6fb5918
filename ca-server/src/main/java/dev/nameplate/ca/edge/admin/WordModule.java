package dev.nameplate.ca.edge.admin;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Teaches Jackson to write and read the {@link Words} that are texts. */
final class WordModule {
    private WordModule() {}

    static SimpleModule create() {
        SimpleModule module = new SimpleModule("words");
        for (Word<?> word : Words.ALL) {
            if (word.jsonType().equals("string")) {
                add(module, word);
            }
        }
        return module;
    }

    private static <T> void add(SimpleModule module, Word<T> word) {
        module.addSerializer(word.type(), new Writer<>(word));
        module.addDeserializer(word.type(), new Reader<>(word));
    }

    private static final class Writer<T> extends StdSerializer<T> {
        private final Word<T> word;

        Writer(Word<T> word) {
            super(word.type());
            this.word = word;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeString(word.show().apply(value));
        }
    }

    private static final class Reader<T> extends StdDeserializer<T> {
        private final Word<T> word;

        Reader(Word<T> word) {
            super(word.type());
            this.word = word;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) {
            if (!in.hasToken(JsonToken.VALUE_STRING)) {
                return context.reportInputMismatch(word.type(), "is not a text");
            }
            return word.parse().apply(in.getString());
        }
    }
}
