package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.SessionBinding;
import dev.nameplate.ca.pki.SessionBinding.Kind;
import io.javalin.http.Context;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLKeyException;
import org.conscrypt.Conscrypt;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.ssl.SslConnection.SslEndPoint;
import org.jspecify.annotations.Nullable;

/**
 * What ties a request to its TLS session: tls-exporter for TLS 1.3 (RFC 9266) with either library, tls-unique for TLS 1.2
 * (RFC 5929) with Conscrypt alone. Conscrypt gives none for a session resumed without the extended master secret (RFC 7627),
 * in which tls-unique proves nothing.
 */
public final class TlsSession {
    private static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding";
    private static final int EXPORTER_OCTETS = 32;
    private static final SessionBinding NO_TLS =
            new SessionBinding.Unknown("the request did not come in a TLS session");
    private static final SessionBinding NO_UNIQUE = new SessionBinding.Unknown(
            "this server has no tls-unique for this TLS 1.2 session; connect with TLS 1.3 and use tls-exporter (RFC 9266)");
    private static final SessionBinding NO_EXPORTER = new SessionBinding.Unknown("this TLS session exports nothing");

    private TlsSession() {}

    public static SessionBinding bindingOf(Context ctx) {
        var endPoint = ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        return endPoint instanceof SslEndPoint tls
                ? binding(tls.getSslConnection().getSSLEngine())
                : NO_TLS;
    }

    /** Has the connection closed after the answer: one binding vouches for one authentication (RFC 9266, 4.1). */
    public static void endAfterAnswer(Context ctx) {
        ctx.header("Connection", "close");
    }

    private static SessionBinding binding(SSLEngine engine) {
        return switch (engine.getSession().getProtocol()) {
            case "TLSv1.3" -> known(Kind.TLS_EXPORTER, exported(engine), NO_EXPORTER);
            case "TLSv1.2" -> known(Kind.TLS_UNIQUE, unique(engine), NO_UNIQUE);
            default -> NO_TLS;
        };
    }

    private static SessionBinding known(Kind kind, byte @Nullable [] octets, SessionBinding otherwise) {
        return octets == null || octets.length == 0 ? otherwise : new SessionBinding.Known(kind, octets);
    }

    private static byte @Nullable [] unique(SSLEngine engine) {
        return Conscrypt.isConscrypt(engine) ? Conscrypt.getTlsUnique(engine) : null;
    }

    private static byte @Nullable [] exported(SSLEngine engine) {
        try {
            if (Conscrypt.isConscrypt(engine)) {
                return Conscrypt.exportKeyingMaterial(engine, EXPORTER_LABEL, null, EXPORTER_OCTETS);
            }
            return engine.getSession() instanceof ExtendedSSLSession session
                    ? session.exportKeyingMaterialData(EXPORTER_LABEL, null, EXPORTER_OCTETS)
                    : null;
        } catch (SSLKeyException e) {
            return null;
        } catch (SSLException e) {
            throw new IllegalStateException("an established session always exports", e);
        }
    }
}
