package dev.nameplate.ca.cli.tls;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import org.jspecify.annotations.Nullable;

/** Machines on a line lose their clocks; what follows looks like a certificate that is wrong. */
public final class WrongClock {
    private WrongClock() {}

    /** What the failure says, and that the clock may be the cause where it may. */
    public static String said(Exception failure) {
        boolean suspected = false;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            suspected |= isOfTime(cause);
        }
        String said = String.valueOf(failure.getMessage());
        return suspected
                ? said
                        + "; the server's certificate is not valid at the time that this machine's clock shows: check the clock"
                : said;
    }

    private static boolean isOfTime(Throwable cause) {
        return switch (cause) {
            case CertificateExpiredException _, CertificateNotYetValidException _ -> true;
            case CertPathValidatorException path ->
                path.getReason() == BasicReason.EXPIRED || path.getReason() == BasicReason.NOT_YET_VALID;
            default -> false;
        };
    }
}
