package dev.nameplate.bench;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * One TLS context for clients of many identities: making a context for each would cost the client more than its handshake. TLS
 * 1.3 with X25519 alone, and never a resumed session: an engine that knows no host name has nothing to look one up by.
 */
final class ClientTls {
    private static final String ALIAS = "client";

    /** A handshake runs on one thread from its first byte to its last. */
    @SuppressWarnings("ThreadLocalUsage") // one context in a run, with clients of its own
    private final ThreadLocal<@Nullable Identity> current = new ThreadLocal<>();

    private final SSLContext context;

    ClientTls() {
        try {
            context = SSLContext.getInstance("TLS", Native.PROVIDER);
            context.init(new KeyManager[] {new Identities()}, new TrustManager[] {new Anybody()}, new SecureRandom());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a handshake by the calling thread, before it makes another. */
    SSLEngine engine(@Nullable Identity identity) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {"TLSv1.3"});
        var parameters = engine.getSSLParameters();
        parameters.setNamedGroups(new String[] {"X25519"});
        engine.setSSLParameters(parameters);
        current.set(identity);
        return engine;
    }

    private final class Identities extends X509ExtendedKeyManager {
        @Override
        public @Nullable String chooseEngineClientAlias(
                String @Nullable [] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
            return current.get() == null ? null : ALIAS;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            Identity identity = current.get();
            return identity == null ? null : new X509Certificate[] {identity.certificate()};
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            Identity identity = current.get();
            return identity == null ? null : identity.key();
        }

        @Override
        public @Nullable String chooseClientAlias(
                String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }

    /** The server is the one this run started, on the loopback address; checking its chain is the client's work alone. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
