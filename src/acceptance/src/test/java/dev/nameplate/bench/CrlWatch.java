package dev.nameplate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;

/** The file that a certificate says would list it, and whether it was replaced. The door serves exactly this file. */
record CrlWatch(Path file, FileTime before, Object inode) {
    private static final Duration STEP = Duration.ofMillis(1);

    static CrlWatch of(X509Certificate certificate, Path home) {
        try {
            var points = CRLDistPoint.getInstance(new X509CertificateHolder(certificate.getEncoded())
                    .getExtension(Extension.cRLDistributionPoints)
                    .getParsedValue());
            var names = GeneralNames.getInstance(
                    points.getDistributionPoints()[0].getDistributionPoint().getName());
            String path = URI.create(((ASN1String) names.getNames()[0].getName()).getString())
                    .getPath();
            Path file = home.resolve("public").resolve(path.substring(1));
            return new CrlWatch(file, Files.getLastModifiedTime(file), Files.getAttribute(file, "unix:ino"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitNext(Duration patience) {
        long begin = System.nanoTime();
        try {
            while (Files.getAttribute(file, "unix:ino").equals(inode)
                    && Files.getLastModifiedTime(file).equals(before)) {
                if (System.nanoTime() - begin > patience.toNanos()) {
                    throw new IllegalStateException(file + " was not replaced within " + patience);
                }
                Waiting.pause(STEP);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
