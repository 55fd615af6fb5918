package dev.nameplate.acceptance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** A private key and its certificate, which comes first in the chain. */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
    public Identity {
        chain = List.copyOf(chain);
    }

    public static Identity of(PrivateKey key, X509CertificateHolder certificate) {
        return new Identity(key, List.of(certificate(certificate)));
    }

    /** Out of one file in PEM. */
    public static Identity read(Path pem) {
        try (Reader reader = Files.newBufferedReader(pem)) {
            return read(new PEMParser(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(pem + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Identity read(PEMParser parser) throws IOException {
        List<PrivateKey> keys = new ArrayList<>();
        List<X509Certificate> chain = new ArrayList<>();
        for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
            switch (found) {
                case PrivateKeyInfo key -> keys.add(new JcaPEMKeyConverter().getPrivateKey(key));
                case X509CertificateHolder certificate -> chain.add(certificate(certificate));
                default -> throw new IOException("neither key nor certificate");
            }
        }
        return new Identity(keys.getFirst(), chain);
    }

    private static X509Certificate certificate(X509CertificateHolder holder) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("not a certificate to this Java", e);
        }
    }
}
