package dev.nameplate.ca.edge.http;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.conscrypt.Conscrypt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TLS library in use. Its provider is named at each call and registered nowhere. */
public final class TlsLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(TlsLibrary.class);
    /** The hybrid of ECDH and ML-KEM for TLS 1.3, by its IANA name. */
    public static final String HYBRID = "X25519MLKEM768";

    private final Provider provider;

    private TlsLibrary(Provider provider) {
        this.provider = provider;
    }

    /** @throws IllegalStateException if Conscrypt is asked for by name and its native library does not load */
    public static TlsLibrary of(TlsChoice choice) {
        return switch (choice) {
            case JDK -> new TlsLibrary(Security.getProvider("SunJSSE"));
            case CONSCRYPT -> conscrypt();
            case AUTO -> fastest();
        };
    }

    /** Whether requests in TLS 1.2 can be linked to their session (RFC 5929, 3). */
    public boolean givesTlsUnique() {
        return Conscrypt.isConscrypt(provider);
    }

    /**
     * Whether the doors agree on keys that a quantum computer does not find out later either, with clients that can: X25519MLKEM768.
     * Conscrypt does so by itself, and says nothing of its groups before a handshake; the JDK names them.
     */
    public boolean agreesOnHybridKeys() {
        return Conscrypt.isConscrypt(provider) || groups().contains(HYBRID);
    }

    private List<String> groups() {
        try {
            SSLContext context = SSLContext.getInstance("TLS", provider);
            context.init(null, null, null);
            String[] named = context.getSupportedSSLParameters().getNamedGroups();
            return named == null ? List.of() : List.of(named);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(this + " makes no TLS context: " + e.getMessage(), e);
        }
    }

    /** As in {@code Conscrypt 2.9.0}. */
    @Override
    public String toString() {
        if (!Conscrypt.isConscrypt(provider)) {
            return provider.getName() + " " + provider.getVersionStr();
        }
        Conscrypt.Version version = Conscrypt.version();
        return provider.getName() + " " + version.major() + "." + version.minor() + "." + version.patch();
    }

    SSLContext context(TlsMaterial material, ForgivingTrust trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS", provider);
            context.init(new KeyManager[] {new OneKey(material)}, new TrustManager[] {trust}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the door's key and certificate do not work with " + this + ": " + e.getMessage(), e);
        }
    }

    /** What the native library offers besides TLS; nothing where it does not load. */
    public static Optional<Provider> nativeCrypto() {
        try {
            return Optional.of(conscrypt().provider);
        } catch (IllegalStateException notHere) {
            return Optional.empty();
        }
    }

    private static TlsLibrary fastest() {
        try {
            return conscrypt();
        } catch (IllegalStateException e) {
            LOG.warn("{}; using the JDK's TLS, which is slower", e.getMessage());
            return of(TlsChoice.JDK);
        }
    }

    private static TlsLibrary conscrypt() {
        try {
            Conscrypt.checkAvailability();
            return new TlsLibrary(
                    Conscrypt.newProviderBuilder().provideTrustManager(false).build());
        } catch (UnsatisfiedLinkError e) {
            throw new IllegalStateException("Conscrypt's native library does not load here: " + e.getMessage(), e);
        }
    }
}
