package dev.nameplate.ca.cli;

import dev.nameplate.ca.pki.CertificateDer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;

/** What a PEM file holds: certificates in their order, and at most one private key (PKCS#8, not encrypted). */
record PemFile(Path path, Optional<PrivateKey> key, List<X509Certificate> certificates) {
    /** @throws CommandFailedException naming the file and what is wrong with it */
    static PemFile read(Path path) {
        try (Reader reader = Files.newBufferedReader(path)) {
            return parse(path, reader);
        } catch (NoSuchFileException e) {
            throw CommandFailedException.fault(
                    "there is no " + path + "; make a home with `nameplate init`, or name another with --home");
        } catch (IOException | GeneralSecurityException e) {
            throw CommandFailedException.fault(path + " cannot be read: " + e.getMessage());
        }
    }

    PrivateKey requiredKey() {
        return key.orElseThrow(
                () -> CommandFailedException.fault(path + " holds no private key (PKCS#8, not encrypted)"));
    }

    List<X509Certificate> requiredCertificates() {
        if (certificates.isEmpty()) {
            throw CommandFailedException.fault(path + " holds no certificate");
        }
        return certificates;
    }

    private static PemFile parse(Path path, Reader reader) throws IOException, GeneralSecurityException {
        PEMParser parser = new PEMParser(reader);
        Optional<PrivateKey> key = Optional.empty();
        List<X509Certificate> certificates = new ArrayList<>();
        for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
            switch (object) {
                case PrivateKeyInfo info -> key = Optional.of(privateKey(info));
                case X509CertificateHolder holder -> certificates.add(certificate(CertificateDer.of(holder)));
                default ->
                    throw CommandFailedException.fault(
                            path + " holds something that is neither a PKCS#8 key nor a certificate");
            }
        }
        return new PemFile(path, key, List.copyOf(certificates));
    }

    static X509Certificate certificate(CertificateDer certificate) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(certificate.octets()));
    }

    private static PrivateKey privateKey(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        var oid = info.getPrivateKeyAlgorithm().getAlgorithm();
        String algorithm = oid.equals(X9ObjectIdentifiers.id_ecPublicKey)
                ? "EC"
                : oid.equals(PKCSObjectIdentifiers.rsaEncryption)
                        ? "RSA"
                        : oid.equals(EdECObjectIdentifiers.id_Ed25519) ? "Ed25519" : oid.getId();
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }
}
