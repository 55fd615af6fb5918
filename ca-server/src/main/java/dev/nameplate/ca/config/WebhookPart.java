package dev.nameplate.ca.config;

import static dev.nameplate.ca.config.Words.duration;
import static dev.nameplate.ca.config.Words.or;

import dev.nameplate.ca.approval.webhook.HmacSecret;
import dev.nameplate.ca.approval.webhook.WebhookSettings;
import dev.nameplate.ca.pki.CertificateDer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code webhook}. */
final class WebhookPart {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 32;
    private static final int FAILURES = 5;

    private final Home home;
    private final Problems problems;

    WebhookPart(Home home, Problems problems) {
        this.home = home;
        this.problems = problems;
    }

    WebhookSettings read(SettingsFile.Webhook webhook) {
        return new WebhookSettings(
                url(problems.required("webhook.url", webhook.url())),
                trust(webhook.trustFile()),
                Optional.ofNullable(webhook.secretFile()).map(home::resolve).map(WebhookPart::secret),
                duration("webhook.patience", webhook.patience(), PATIENCE),
                or(webhook.maxAtOnce(), AT_ONCE),
                new WebhookSettings.Circuit(
                        or(webhook.failures(), FAILURES), duration("webhook.pause", webhook.pause(), PAUSE)));
    }

    private static URI url(String text) {
        return URI.create(text);
    }

    private List<CertificateDer> trust(@Nullable String file) {
        if (file == null) {
            return List.of();
        }
        Path path = home.resolve(file);
        List<CertificateDer> trust = new ArrayList<>();
        try (var content = Files.newInputStream(path)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(content)) {
                trust.add(CertificateDer.parse(certificate.getEncoded()));
            }
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException("webhook.trust-file has no certificates in PEM or DER: " + path, e);
        }
        if (trust.isEmpty()) {
            throw new IllegalArgumentException("webhook.trust-file has no certificates in PEM or DER: " + path);
        }
        return trust;
    }

    /** As it stands there, without a line end. */
    private static HmacSecret secret(Path file) {
        try {
            return new HmacSecret(Files.readString(file).strip().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException("webhook.secret-file cannot be read: " + file, e);
        }
    }
}
