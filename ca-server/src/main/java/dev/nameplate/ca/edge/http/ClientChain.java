package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.est.MalformedMessageException;
import io.javalin.http.Context;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/** The certificates the TLS client showed. They come from the TLS session alone, never from a header (RFC 9440 is not spoken). */
public final class ClientChain {
    private ClientChain() {}

    /**
     * The client's own certificate first; empty if it showed none. It has that certificate's key; nothing else is checked.
     *
     * @throws MalformedMessageException if what it showed is X.509 to the TLS library alone
     */
    public static List<CertificateDer> of(Context ctx) {
        Object chain = ctx.req().getAttribute("jakarta.servlet.request.X509Certificate");
        return chain instanceof X509Certificate[] certificates
                ? Arrays.stream(certificates).map(ClientChain::parse).toList()
                : List.of();
    }

    private static CertificateDer parse(X509Certificate certificate) {
        try {
            return CertificateDer.parse(certificate.getEncoded());
        } catch (CertificateEncodingException | IllegalArgumentException e) {
            throw new MalformedMessageException("the TLS client's certificate is malformed", e);
        }
    }
}
