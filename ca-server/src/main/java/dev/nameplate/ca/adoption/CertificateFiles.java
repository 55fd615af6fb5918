package dev.nameplate.ca.adoption;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.revocation.Standing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * Certificates as files: PEM, with one or many to a file and any text around, or DER; or a directory with such files in it or below.
 * Hidden files are left out.
 */
record CertificateFiles(Path place) implements PastReader {
    private static final int DER_SEQUENCE = 0x30;
    private static final int MOST_OCTETS = 1 << 20;

    @Override
    public void read(Told told) throws IOException {
        try (Stream<Path> below = Files.walk(place)) {
            for (Iterator<Path> files = below.iterator(); files.hasNext(); ) {
                Path file = files.next();
                if (Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".")) {
                    read(file, told);
                }
            }
        }
    }

    private static void read(Path file, Told told) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(1);
            int first = in.read();
            in.reset();
            if (first == DER_SEQUENCE) {
                tell(in.readNBytes(MOST_OCTETS), file.toString(), told);
            } else {
                readPem(in, file, told);
            }
        }
    }

    private static void readPem(InputStream in, Path file, Told told) {
        try (PemReader pem = new PemReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
            int number = 0;
            for (PemObject part = pem.readPemObject(); part != null; part = pem.readPemObject()) {
                number++;
                if (part.getType().endsWith("CERTIFICATE")) {
                    tell(part.getContent(), number == 1 ? file.toString() : file + " part " + number, told);
                }
            }
        } catch (IOException e) {
            told.wrong(file.toString(), "it is not PEM: " + e.getMessage());
        }
    }

    private static void tell(byte[] der, String where, Told told) {
        Past past;
        try {
            past = Past.of(CertificateDer.parse(der), new Standing.Good());
        } catch (IllegalArgumentException e) {
            told.wrong(where, String.valueOf(e.getMessage()));
            return;
        }
        told.past(where, past);
    }
}
