package dev.nameplate.ca.cli.est.check;

import dev.nameplate.est.EstOperation;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What is below HTTP (RFC 7030, 3.3). */
final class TlsChecks {
    private static final int TLS_1_0 = 0x0301;
    private static final int TLS_1_1 = 0x0302;

    private TlsChecks() {}

    static List<Check> all() {
        return List.of(
                Check.must(
                        "server-certificate",
                        "RFC 7030, 3.3.1 and 3.6.1",
                        "give the server a certificate that leads to the trust anchor, is valid now, and has the name or"
                                + " address that clients call in its subjectAltName; send its intermediates along",
                        TlsChecks::certificate),
                Check.must(
                        "tls-version",
                        "RFC 7030, 3.3; RFC 8996",
                        "switch TLS 1.0 and 1.1 off; devices speak 1.2 and 1.3",
                        TlsChecks::version),
                Check.must(
                        "tls-suites",
                        "RFC 7030, 3.2.3",
                        "switch anonymous, NULL, export and DES cipher suites off",
                        TlsChecks::suites),
                Check.must(
                        "https-only",
                        "RFC 7030, 3.3",
                        "answer nothing over plain HTTP, not even with a redirect",
                        TlsChecks::plain));
    }

    private static Outcome certificate(EstSite site) throws IOException {
        Optional<String> distrust = site.distrust();
        return distrust.isEmpty()
                ? new Outcome.Right("the server's certificate leads to the trust anchor and bears its name")
                : new Outcome.Wrong("the server's certificate is not to be trusted: " + distrust.get());
    }

    private static Outcome version(EstSite site) {
        var hello = new Hello(site.server());
        for (int version : new int[] {TLS_1_0, TLS_1_1}) {
            if (taken(() -> hello.isTaken(version))) {
                return new Outcome.Wrong("the server takes TLS 1." + (version - TLS_1_0) + " up");
            }
        }
        return new Outcome.Right("TLS 1.0 and 1.1 are refused");
    }

    private static Outcome suites(EstSite site) {
        return taken(new Hello(site.server())::isTakenWeak)
                ? new Outcome.Wrong("the server takes a suite up that protects nothing")
                : new Outcome.Right("suites that protect nothing are refused");
    }

    private static Outcome plain(EstSite site) throws IOException {
        try (Socket socket = Wire.connect(site.server())) {
            socket.getOutputStream()
                    .write(Ask.of("GET", site.path(EstOperation.CACERTS))
                            .head(site.server().getAuthority()));
            socket.getOutputStream().flush();
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            return Outcome.of(!answer.matches("HTTP/1\\.. [23].*"), "plain HTTP on this port gets " + said(answer));
        } catch (SocketTimeoutException e) {
            return new Outcome.Right("plain HTTP on this port gets no answer");
        }
    }

    private static String said(String answer) {
        return answer.startsWith("HTTP/1") ? answer.strip() : "no HTTP";
    }

    @FunctionalInterface
    private interface Trying {
        boolean isTaken() throws IOException;
    }

    /** A connection that breaks off was refused. */
    private static boolean taken(Trying trying) {
        try {
            return trying.isTaken();
        } catch (IOException refused) {
            return false;
        }
    }
}
