package dev.nameplate.ca.cli;

import dev.nameplate.ca.cli.tls.TlsIdentity;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.OperatorName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * The files by which an operator shows who it is, readable by their owner alone: {@code NAME.pem} (key and chain) for the
 * command line, {@code NAME.p12} (PBES2 with AES-256) for browsers, {@code NAME.p12.password}.
 */
public final class IdentityFiles {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int PASSWORD_LENGTH = 26;

    private final Path directory;
    private final OperatorName name;

    public IdentityFiles(Path directory, OperatorName name) {
        this.directory = directory;
        this.name = name;
    }

    /** @throws CommandFailedException if one of them exists */
    public void requireAbsent() {
        List.of(pem(), p12(), password()).forEach(file -> NewFile.closed(file).requireAbsent());
    }

    /**
     * @param chain the operator's certificate first
     * @throws CommandFailedException if a file exists or cannot be written
     */
    public void write(PrivateKey key, List<CertificateDer> chain, SecureRandom random) {
        String password = password(random);
        try {
            Files.createDirectories(directory);
            NewFile.closed(pem()).write(pemOf(key, chain).getBytes(StandardCharsets.US_ASCII));
            NewFile.closed(password()).write((password + "\n").getBytes(StandardCharsets.US_ASCII));
            NewFile.closed(p12()).write(pkcs12(key, chain, password.toCharArray()));
        } catch (IOException | GeneralSecurityException e) {
            throw CommandFailedException.fault("identity files of " + name + " not written: " + e.getMessage());
        }
    }

    /**
     * Puts new files in the place of those that are there, each at once. Whatever cuts it off, {@code NAME.pem} is the old one or
     * the new one, and either is good; doing it again makes the others fit.
     *
     * @param chain the operator's certificate first
     * @throws CommandFailedException if a file cannot be written
     */
    public void replace(PrivateKey key, List<CertificateDer> chain, SecureRandom random) {
        Path beside = directory.resolve("." + name + "." + Long.toHexString(random.nextLong()));
        IdentityFiles fresh = new IdentityFiles(beside, name);
        fresh.write(key, chain, random);
        try {
            Files.move(fresh.pem(), pem(), StandardCopyOption.ATOMIC_MOVE);
            Files.move(fresh.password(), password(), StandardCopyOption.ATOMIC_MOVE);
            Files.move(fresh.p12(), p12(), StandardCopyOption.ATOMIC_MOVE);
            Files.delete(beside);
        } catch (IOException e) {
            throw CommandFailedException.fault("new identity files of " + name + " are in " + beside
                    + " and could not be put in their place: " + e.getMessage());
        }
    }

    public Path pem() {
        return directory.resolve(name + ".pem");
    }

    public Path p12() {
        return directory.resolve(name + ".p12");
    }

    public Path password() {
        return directory.resolve(name + ".p12.password");
    }

    private static String pemOf(PrivateKey key, List<CertificateDer> chain) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(new PemObject("PRIVATE KEY", key.getEncoded()));
            for (CertificateDer certificate : chain) {
                pem.writeObject(new PemObject("CERTIFICATE", certificate.octets()));
            }
        }
        return text.toString();
    }

    /** The JDK writes what OpenSSL 3 and browsers open: PBES2 with AES-256 and a MAC with SHA-256. */
    private byte[] pkcs12(PrivateKey key, List<CertificateDer> chain, char[] password)
            throws GeneralSecurityException, IOException {
        Certificate[] certificates = new Certificate[chain.size()];
        for (int i = 0; i < certificates.length; i++) {
            certificates[i] = TlsIdentity.jca(chain.get(i).parsed());
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(name.value(), key, password, certificates);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, password);
        return out.toByteArray();
    }

    /** About 128 random bits. */
    private static String password(SecureRandom random) {
        return random.ints(PASSWORD_LENGTH, 0, LETTERS.length())
                .mapToObj(LETTERS::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }
}
