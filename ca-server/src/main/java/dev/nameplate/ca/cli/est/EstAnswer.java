package dev.nameplate.ca.cli.est;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;

/** What an EST server said. */
public sealed interface EstAnswer {
    /** 200. */
    record Certificates(List<X509CertificateHolder> certificates) implements EstAnswer {
        public Certificates {
            certificates = List.copyOf(certificates);
        }
    }

    /** 202, or 429 or 503: the same request again, later. */
    record Later(int status, Optional<Duration> retryAfter, String text) implements EstAnswer {}

    /** Any other status. */
    record Refused(int status, String text) implements EstAnswer {}
}
