package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.audit.AuditCertificates;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.testkit.Party;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CA in memory whose certificates are good for real TLS. */
public final class ApiPki {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final X500Name NAME = new X500Name("CN=Test Root");

    private final KeyPair keys = newKeys();
    private final CertificateDer root =
            certificate(NAME, SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()), Kind.CA);

    private enum Kind {
        CA,
        DOOR,
        CLIENT,
        AUDIT
    }

    public CertificateDer root() {
        return root;
    }

    public Party door() {
        return party("localhost", Kind.DOOR);
    }

    public Party client(String name) {
        return party(name, Kind.CLIENT);
    }

    public Party auditor() {
        return party("Audit", Kind.AUDIT);
    }

    /** A client's certificate for a key that is elsewhere. */
    public CertificateDer client(String name, SubjectPublicKeyInfo key) {
        return certificate(new X500Name("CN=" + name), key, Kind.CLIENT);
    }

    private Party party(String name, Kind kind) {
        KeyPair pair = newKeys();
        var key = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        return new Party(pair, certificate(new X500Name("CN=" + name), key, kind));
    }

    private CertificateDer certificate(X500Name subject, SubjectPublicKeyInfo key, Kind kind) {
        Instant now = Instant.now();
        var builder = new X509v3CertificateBuilder(
                NAME,
                new BigInteger(120, RANDOM).add(BigInteger.ONE),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(30))),
                subject,
                key);
        try {
            extend(builder, kind);
            return CertificateDer.of(
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static void extend(X509v3CertificateBuilder builder, Kind kind) throws IOException {
        if (kind == Kind.CA) {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            return;
        }
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose(kind)));
        if (kind == Kind.DOOR) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(List.of(
                                    new GeneralName(GeneralName.dNSName, "localhost"),
                                    new GeneralName(GeneralName.iPAddress, "127.0.0.1"))
                            .toArray(GeneralName[]::new)));
        }
    }

    private static KeyPurposeId purpose(Kind kind) {
        return switch (kind) {
            case DOOR -> KeyPurposeId.id_kp_serverAuth;
            case AUDIT -> AuditCertificates.PURPOSE;
            case CLIENT, CA -> KeyPurposeId.id_kp_clientAuth;
        };
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
