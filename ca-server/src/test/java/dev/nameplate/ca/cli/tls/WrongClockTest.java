package dev.nameplate.ca.cli.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class WrongClockTest {
    @Test
    void isSuspectedWhereACertificateIsNotValidAtItsTime() {
        for (Exception cause : new Exception[] {
            new CertificateExpiredException("NotAfter"),
            new CertificateNotYetValidException("NotBefore"),
            new CertPathValidatorException("validity check failed", null, null, -1, BasicReason.EXPIRED)
        }) {
            assertThat(WrongClock.said(handshake(cause)))
                    .startsWith("validity check failed; ")
                    .endsWith("check the clock");
        }
    }

    @Test
    void isNotSuspectedOtherwise() {
        Exception revoked = new CertPathValidatorException("revoked", null, null, -1, BasicReason.REVOKED);

        assertThat(WrongClock.said(handshake(revoked))).isEqualTo("validity check failed");
        assertThat(WrongClock.said(new IOException("broken pipe"))).isEqualTo("broken pipe");
    }

    private static Exception handshake(Exception cause) {
        SSLHandshakeException failed = new SSLHandshakeException("validity check failed");
        failed.initCause(new IOException(cause));
        return failed;
    }
}
