package dev.nameplate.ca.edge.http;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
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

    /** As in {@code Conscrypt 1.0}. */
    @Override
    public String toString() {
        return provider.getName() + " " + provider.getVersionStr();
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
