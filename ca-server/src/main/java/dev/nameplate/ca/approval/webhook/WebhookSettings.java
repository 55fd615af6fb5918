package dev.nameplate.ca.approval.webhook;

import dev.nameplate.ca.pki.CertificateDer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is asked, and how patiently.
 *
 * @param trust the CAs whose certificates the webhook may show; the system's if empty
 * @param secret signs the questions by HMAC; without one a key in the token does
 * @param patience with one question, from the connection to the last octet of the answer
 * @param mostAtOnce questions under way; over it nobody is asked, and the device told to come again
 * @param circuit when it is left alone for a while
 */
public record WebhookSettings(
        URI url,
        List<CertificateDer> trust,
        Optional<HmacSecret> secret,
        Duration patience,
        int mostAtOnce,
        Circuit circuit) {
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int MOST = 1000;

    /**
     * @param failures so many after each other open it
     * @param pause for how long it stays open
     */
    public record Circuit(int failures, Duration pause) {}

    public WebhookSettings {
        trust = List.copyOf(trust);
        if (!safe(url)) {
            throw new IllegalArgumentException("webhook.url is not https, nor http to this machine itself: " + url);
        }
        check("webhook.patience", patience, LONGEST_PATIENCE);
        check("webhook.pause", circuit.pause(), LONGEST_PAUSE);
        if (mostAtOnce < 1 || mostAtOnce > MOST || circuit.failures() < 1 || circuit.failures() > MOST) {
            throw new IllegalArgumentException("webhook.max-at-once and webhook.failures are 1 to " + MOST);
        }
    }

    private static boolean safe(URI url) {
        String host = url.getHost();
        return host != null
                && url.getUserInfo() == null
                && ("https".equals(url.getScheme())
                        || ("http".equals(url.getScheme())
                                && List.of("localhost", "127.0.0.1", "[::1]").contains(host)));
    }

    private static void check(String key, Duration value, Duration most) {
        if (value.toMillis() < 100 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(key + " is not between PT0.1S and " + most + ": " + value);
        }
    }
}
