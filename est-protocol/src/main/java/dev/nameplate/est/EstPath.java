package dev.nameplate.est;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a request path asks for: {@code /.well-known/est/[LABEL/]OPERATION} (RFC 7030, 3.2.2). */
public sealed interface EstPath {
    String PREFIX = "/.well-known/est/";

    /** A known operation, of a label that may or may not exist. */
    record Addressed(Optional<EstLabel> label, EstOperation operation) implements EstPath {}

    /** @param reason one line for the developer of the client */
    record NotFound(String reason) implements EstPath {}

    /** @param rawPath the path as it came, without the query; percent-encoding is undone here, once and per segment */
    static EstPath parse(String rawPath) {
        if (!rawPath.startsWith(PREFIX)) {
            return new NotFound("EST paths start with " + PREFIX);
        }
        List<String> raw = List.of(rawPath.substring(PREFIX.length()).split("/", -1));
        if (raw.size() > 2) {
            return new NotFound("an EST path is " + PREFIX + "[LABEL/]OPERATION, without more segments");
        }
        Optional<EstOperation> operation = decoded(raw.getLast()).flatMap(EstOperation::ofSegment);
        if (operation.isEmpty()) {
            return new NotFound("the path does not end in the name of an EST operation, such as simpleenroll");
        }
        return raw.size() == 1
                ? new Addressed(Optional.empty(), operation.get())
                : labelled(raw.getFirst(), operation.get());
    }

    private static EstPath labelled(String rawLabel, EstOperation operation) {
        Optional<String> label = decoded(rawLabel);
        if (label.isEmpty()) {
            return new NotFound("the label is not valid percent-encoded UTF-8");
        }
        return EstLabel.objectionTo(label.get())
                .<EstPath>map(NotFound::new)
                .orElseGet(() -> new Addressed(label.map(EstLabel::new), operation));
    }

    private static Optional<String> decoded(String segment) {
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        var out = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.put(bytes[i]);
                continue;
            }
            int value = i + 2 < bytes.length ? hex(bytes[i + 1], bytes[i + 2]) : -1;
            if (value < 0) {
                return Optional.empty();
            }
            out.put((byte) value);
            i += 2;
        }
        return utf8(out.flip());
    }

    private static int hex(byte high, byte low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : (h << 4) | l;
    }

    private static Optional<String> utf8(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
