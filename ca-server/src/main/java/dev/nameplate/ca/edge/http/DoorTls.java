package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.CertificateDer;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.SSLEngine;
import org.conscrypt.Conscrypt;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS of one door: 1.2 with forward secrecy and AEAD alone, and 1.3; no renegotiation. Clients are asked for a certificate
 * and need not have one.
 */
public final class DoorTls {
    private static final Duration SESSION_LIFE = Duration.ofHours(2);
    private static final int SESSION_CACHE = 20_000;
    private final TlsLibrary library;
    private final SslContextFactory.Server factory = new WithTickets();

    /** @param accepted whose certificates clients should choose from; named to them in the handshake, and no more than that */
    public DoorTls(TlsLibrary library, TlsMaterial material, Collection<CertificateDer> accepted) {
        this.library = library;
        factory.setWantClientAuth(true);
        factory.setRenegotiationAllowed(false);
        factory.setEndpointIdentificationAlgorithm(null);
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        factory.setExcludeProtocols();
        factory.setIncludeCipherSuites("TLS_AES_.*", "TLS_CHACHA20_.*", "TLS_ECDHE_.*_(GCM|CHACHA20|POLY1305)_.*");
        factory.setExcludeCipherSuites(".*_(NULL|anon|EXPORT|DES|3DES|RC4|MD5|CBC)_.*");
        factory.setSslSessionTimeout((int) SESSION_LIFE.toSeconds());
        factory.setSslSessionCacheSize(SESSION_CACHE);
        factory.setSslContext(library.context(material, new ForgivingTrust(accepted)));
    }

    /**
     * New connections see this from now on; open ones go on undisturbed. Sessions of before are not resumed.
     *
     * @throws IllegalArgumentException if key and certificate do not work, and then nothing changed
     */
    public void reload(TlsMaterial material, Collection<CertificateDer> accepted) {
        var context = library.context(material, new ForgivingTrust(accepted));
        try {
            factory.reload(unloaded -> unloaded.setSslContext(context));
        } catch (Exception e) {
            throw new IllegalArgumentException("TLS was not reloaded: " + e.getMessage(), e);
        }
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    /** Conscrypt hands out no session tickets unless told to, and TLS 1.3 resumes by ticket alone (RFC 8446, 2.2). */
    private static final class WithTickets extends SslContextFactory.Server {
        @Override
        public void customize(SSLEngine engine) {
            super.customize(engine);
            if (Conscrypt.isConscrypt(engine)) {
                Conscrypt.setUseSessionTickets(engine, true);
            }
        }
    }
}
