package dev.nameplate.ca.adoption;

import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the records of the CA before are.
 *
 * @param certificates files and directories with certificates
 * @param tables comma-separated values, or indices of {@code openssl ca}
 * @param crls the last one, or several that together tell of everything
 */
public record Sources(List<Path> certificates, List<Path> tables, List<Path> crls) {
    private static final int BUFFER = 1 << 16;

    public Sources {
        certificates = List.copyOf(certificates);
        tables = List.copyOf(tables);
        crls = List.copyOf(crls);
    }

    /** Certificates first: what else is said, is said of them. The word of a CRL is the last, and has to be there. */
    List<PastReader> readers(List<PastCrl> read) {
        List<PastReader> all = new ArrayList<>();
        certificates.forEach(place -> all.add(new CertificateFiles(place)));
        tables.forEach(file -> all.add(new RecordTable(file)));
        all.addAll(read);
        return all;
    }

    List<PastCrl> readCrls() throws IOException {
        List<PastCrl> all = new ArrayList<>();
        for (Path file : crls) {
            all.add(PastCrl.read(file));
        }
        return all;
    }

    static Optional<PastCrl> newest(List<PastCrl> crls) {
        return crls.stream()
                .filter(crl -> crl.number().isPresent())
                .max(Comparator.comparing(crl -> crl.number().orElseThrow()));
    }

    /** The hashes of what is one file, for the trail. */
    Map<String, String> hashes() throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        List<Path> files = new ArrayList<>(tables);
        files.addAll(crls);
        certificates.stream().filter(Files::isRegularFile).forEach(files::add);
        for (Path file : files) {
            hashes.put("sha256 of " + file.getFileName(), hash(file).toString());
        }
        return hashes;
    }

    private static Sha256 hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return Sha256.fromOctets(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
