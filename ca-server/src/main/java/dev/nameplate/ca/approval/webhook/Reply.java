package dev.nameplate.ca.approval.webhook;

import dev.nameplate.ca.approval.Judge.Judgement;
import dev.nameplate.ca.pki.Text;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a webhook answers: {@code {"decision":"admit"|"refuse"|"approval","reason":"…"}}, and nothing else. */
record Reply(@Nullable String decision, @Nullable String reason) {
    private static final int MAX_REASON = 200;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @return nothing if this is no answer to be understood */
    static Optional<Judgement> read(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readValue(body, Reply.class)).flatMap(Reply::judgement);
        } catch (JacksonException notAnAnswer) {
            return Optional.empty();
        }
    }

    private Optional<Judgement> judgement() {
        Optional<String> why = Optional.ofNullable(reason)
                .map(text -> text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text)
                .map(Text::shown)
                .filter(text -> !text.isBlank());
        return switch (decision) {
            case "admit" -> Optional.of(new Judgement.Admits(why));
            case "refuse" -> Optional.of(new Judgement.Refuses(why));
            case "approval" -> Optional.of(new Judgement.AsksAnOperator(why));
            case null, default -> Optional.empty();
        };
    }
}
