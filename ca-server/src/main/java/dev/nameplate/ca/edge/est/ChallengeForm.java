package dev.nameplate.ca.edge.est;

import java.util.List;
import java.util.Locale;

/** How a label writes its challenge of HTTP Digest. No form suits every client. */
public enum ChallengeForm {
    /** As RFC 7616, 3.3 wants it: algorithm and stale without quotes. */
    PLAIN,
    /** Every value in quotes, without which Bouncy Castle's client reads none; nor does it know a charset. */
    QUOTED;

    /** @throws IllegalArgumentException naming the accepted words */
    public static ChallengeForm parse(String text) {
        for (ChallengeForm form : values()) {
            if (form.toString().equals(text)) {
                return form;
            }
        }
        throw new IllegalArgumentException("digest-challenge is not one of " + List.of(values()));
    }

    /** With what a client has to know of the secret and the nonce. */
    String challenge(String realm, String nonce, boolean stale) {
        String challenge = "Digest realm=\"" + realm + "\", qop=\"auth\", algorithm=" + value("SHA-256") + ", nonce=\""
                + nonce + '"';
        return stale ? challenge + ", stale=" + value("true") : challenge;
    }

    private String value(String text) {
        return this == QUOTED ? '"' + text + '"' : text;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
