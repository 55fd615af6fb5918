package dev.nameplate.ca.pki;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** What both ends of one TLS session know and nobody else does (RFC 5056): a request that holds it was made for that session. */
public sealed interface SessionBinding {
    /** The kinds, as their RFCs call them. */
    enum Kind {
        /** Of TLS 1.2: the first Finished message (RFC 5929, 3). */
        TLS_UNIQUE("tls-unique"),
        /** Of TLS 1.3: 32 exported octets (RFC 9266, 2). */
        TLS_EXPORTER("tls-exporter");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** The binding of a session. */
    final class Known implements SessionBinding {
        private final Kind kind;
        private final byte[] octets;

        public Known(Kind kind, byte[] octets) {
            if (octets.length == 0) {
                throw new IllegalArgumentException("a binding has no octets");
            }
            this.kind = kind;
            this.octets = octets.clone();
        }

        public Kind kind() {
            return kind;
        }

        /** Whether the text is the base64 of this binding; takes as long for any text of its length. */
        public boolean isShownBy(String text) {
            byte[] expected = Base64.getEncoder().encode(octets);
            return MessageDigest.isEqual(expected, text.strip().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * There is none that could be compared.
     *
     * @param why for the developer of the client, with what would help
     */
    record Unknown(String why) implements SessionBinding {}
}
