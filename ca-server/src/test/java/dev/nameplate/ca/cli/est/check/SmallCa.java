package dev.nameplate.ca.cli.est.check;

import dev.nameplate.ca.cli.tls.TlsIdentity;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.CollectionStore;

/** A root and an issuer below it, in memory. */
@SuppressWarnings("JavaUtilDate") // Bouncy Castle takes nothing else
public final class SmallCa {
    private static final char[] NO_PASSWORD = {};
    private static final X500Name ROOT = new X500Name("CN=Small root");
    private static final X500Name ISSUER = new X500Name("CN=Small issuer");

    private final AtomicLong serials = new AtomicLong(100);
    private final KeyPair rootKey = newKey();
    private final KeyPair issuerKey = newKey();
    private final X509CertificateHolder root = ca(ROOT, rootKey);
    private final X509CertificateHolder issuer = ca(ISSUER, issuerKey);

    public X509CertificateHolder root() {
        return root;
    }

    public X509CertificateHolder issuer() {
        return issuer;
    }

    public X509CertificateHolder issue(X500Name subject, SubjectPublicKeyInfo key) {
        return signed(builder(ISSUER, subject, key), issuerKey);
    }

    public static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A server of this name, that takes this CA's clients. */
    public SSLContext serverContext(String host) {
        try {
            KeyPair key = newKey();
            X509v3CertificateBuilder builder = builder(ISSUER, new X500Name("CN=" + host), info(key));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key.getPrivate(), NO_PASSWORD, new Certificate[] {
                TlsIdentity.jca(signed(builder, issuerKey)), TlsIdentity.jca(issuer)
            });
            store.setCertificateEntry("root", TlsIdentity.jca(root));
            store.setCertificateEntry("issuer", TlsIdentity.jca(issuer));
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, NO_PASSWORD);
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Certificates in a SignedData that is really signed. */
    byte[] signed(List<X509CertificateHolder> certificates) throws IOException {
        try {
            var generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(
                            new JcaDigestCalculatorProviderBuilder().build())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate()), issuer));
            generator.addCertificates(new CollectionStore<>(certificates));
            return generator
                    .generate(new CMSProcessableByteArray(new byte[0]), false)
                    .getEncoded();
        } catch (CMSException | OperatorCreationException e) {
            throw new IOException(e);
        }
    }

    private X509CertificateHolder ca(X500Name subject, KeyPair key) {
        try {
            X509v3CertificateBuilder builder = builder(ROOT, subject, info(key));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            return signed(builder, rootKey);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private X509v3CertificateBuilder builder(X500Name issuing, X500Name subject, SubjectPublicKeyInfo key) {
        Instant now = Instant.now();
        return new X509v3CertificateBuilder(
                issuing,
                BigInteger.valueOf(serials.incrementAndGet()),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                subject,
                key);
    }

    private static SubjectPublicKeyInfo info(KeyPair key) {
        return SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded());
    }

    private static X509CertificateHolder signed(X509v3CertificateBuilder builder, KeyPair key) {
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()));
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
