package dev.nameplate.ca.app;

import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.pki.CertificateDer;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.util.io.pem.PemReader;

/** A root in another house, which signs what a request asks for. */
@SuppressWarnings("JavaUtilDate") // the builder takes nothing else
final class RootElsewhere {
    private static final X500Name NAME = new X500Name("CN=Root Elsewhere");
    private static final Duration LASTS = Duration.ofDays(7000);

    private final InstantSource clock;
    private final KeyPair key;
    private final X509CertificateHolder certificate;
    private int serial = 1;

    RootElsewhere(InstantSource clock) {
        this.clock = clock;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp384r1"));
            key = generator.generateKeyPair();
            var extensions = new ExtensionsGenerator();
            SubjectPublicKeyInfo own =
                    SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded());
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            extensions.addExtension(
                    Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(own));
            certificate = signed(NAME, own, extensions);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    CertificateDer root() {
        return CertificateDer.of(certificate);
    }

    /** Puts NAME-chain.pem beside NAME.csr. */
    void sign(Path directory, String name) throws IOException {
        try (var pem = new PemReader(new StringReader(Files.readString(directory.resolve(name + ".csr"))))) {
            var request = new PKCS10CertificationRequest(pem.readPemObject().getContent());
            var extensions = new ExtensionsGenerator();
            for (Extension asked : new Extension[] {
                request.getRequestedExtensions().getExtension(Extension.basicConstraints),
                request.getRequestedExtensions().getExtension(Extension.keyUsage),
                request.getRequestedExtensions().getExtension(Extension.subjectKeyIdentifier)
            }) {
                extensions.addExtension(asked);
            }
            X509CertificateHolder issuer = signed(request.getSubject(), request.getSubjectPublicKeyInfo(), extensions);
            Files.writeString(directory.resolve(name + "-chain.pem"), PemFiles.pem(issuer) + PemFiles.pem(certificate));
        }
    }

    private X509CertificateHolder signed(X500Name subject, SubjectPublicKeyInfo of, ExtensionsGenerator extensions)
            throws IOException {
        var builder = new X509v3CertificateBuilder(
                NAME,
                BigInteger.valueOf(serial++),
                Date.from(clock.instant()),
                Date.from(clock.instant().plus(LASTS)),
                subject,
                of);
        for (var type : extensions.generate().getExtensionOIDs()) {
            builder.addExtension(extensions.generate().getExtension(type));
        }
        try {
            return builder.build(new JcaContentSignerBuilder("SHA384withECDSA").build(key.getPrivate()));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
