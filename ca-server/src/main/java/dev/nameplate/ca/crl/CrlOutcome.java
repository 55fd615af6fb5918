package dev.nameplate.ca.crl;

import dev.nameplate.ca.pki.CrlScope;
import java.time.Duration;

/** What became of an attempt to publish. */
public sealed interface CrlOutcome {
    CrlScope scope();

    /** Everyone can fetch it. */
    record Published(PublishedCrl crl, Duration took) implements CrlOutcome {
        @Override
        public CrlScope scope() {
            return crl.scope();
        }
    }

    /** Another process published it meanwhile. */
    record Overtaken(CrlScope scope) implements CrlOutcome {}

    /** The one before stays; it is tried again. */
    record Failed(CrlScope scope, String reason) implements CrlOutcome {}
}
