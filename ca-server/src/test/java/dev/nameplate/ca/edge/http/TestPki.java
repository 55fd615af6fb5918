package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.CertificateDer;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA of one test, in memory, and what it issues. */
public final class TestPki {
    private static final char[] NO_PASSWORD = {};
    private static final AtomicLong SERIALS = new AtomicLong(1);
    private final String name;
    private final KeyPair key = newKey();
    private final CertificateDer root;

    public TestPki(String name) {
        this.name = name;
        this.root = certificate(name, key, Duration.ofDays(-1), Duration.ofDays(3650), true);
    }

    /** A key and its certificate. */
    public record Identity(KeyPair key, CertificateDer certificate) {}

    public CertificateDer root() {
        return root;
    }

    public TlsMaterial door() {
        Identity door = issue("localhost");
        return new TlsMaterial(door.key().getPrivate(), List.of(door.certificate(), root));
    }

    public Identity issue(String commonName) {
        return issue(commonName, Duration.ofHours(-1), Duration.ofDays(90));
    }

    /** @param from and {@code to}: relative to now */
    public Identity issue(String commonName, Duration from, Duration to) {
        KeyPair subject = newKey();
        return new Identity(subject, certificate(commonName, subject, from, to, false));
    }

    /** A client that trusts this CA, and shows the identities' certificate if one is given. */
    public SSLContext client(Identity... identity) {
        try {
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(keyStore(identity), NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
            context.init(keys.getKeyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private TrustManager[] trustManagers() throws GeneralSecurityException, java.io.IOException {
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trustStore());
        return trust.getTrustManagers();
    }

    private KeyStore trustStore() throws GeneralSecurityException, java.io.IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", jca(root));
        return store;
    }

    private static KeyStore keyStore(Identity... identities) throws GeneralSecurityException, java.io.IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Identity identity : identities) {
            X509Certificate[] chain = {jca(identity.certificate())};
            store.setKeyEntry("client", identity.key().getPrivate(), NO_PASSWORD, chain);
        }
        return store;
    }

    private CertificateDer certificate(String commonName, KeyPair subject, Duration from, Duration to, boolean ca) {
        try {
            Instant now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=" + name),
                    BigInteger.valueOf(SERIALS.incrementAndGet()),
                    Date.from(now.plus(from)),
                    Date.from(now.plus(to)),
                    new X500Name("CN=" + commonName),
                    subject.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
            return CertificateDer.of(
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        } catch (java.io.IOException | org.bouncycastle.operator.OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate jca(CertificateDer certificate) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.octets()));
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
