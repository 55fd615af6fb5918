package dev.nameplate.ca.app;

import dev.nameplate.ca.approval.webhook.QuestionSignature;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Signs with a key whose certificate the CA issues itself, and which is there once the CA is. */
final class LateSignature implements QuestionSignature {
    private final AtomicReference<@Nullable QuestionSignature> signature = new AtomicReference<>();

    void by(QuestionSignature now) {
        signature.set(now);
    }

    @Override
    public String of(byte[] body, Instant now) {
        QuestionSignature known = signature.get();
        if (known == null) {
            throw new IllegalStateException("nothing is asked before the server has started");
        }
        return known.of(body, now);
    }
}
