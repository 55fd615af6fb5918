package dev.nameplate.ca.crl;

import dev.nameplate.ca.lint.CrlLinter;
import dev.nameplate.ca.lint.LintedCrl;
import dev.nameplate.ca.pki.DerStream;
import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Iterator;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.util.Arrays;

/**
 * Makes CRLs of any size in little memory: the entries go through once to learn their length, once past the linter and into the
 * hash that the token signs, and once into the file.
 */
final class CrlBuilder {
    private static final int BUFFER = 64 * 1024;

    private final CrlLinter linter;

    CrlBuilder(CrlLinter linter) {
        this.linter = linter;
    }

    /**
     * Into the spool go the entries as they will be written.
     *
     * @param thisUpdate in seconds since 1970: what is revoked while the CRL is made, or by a process whose clock is ahead, is
     *     listed with this time, for nothing on a CRL is later than it
     */
    static void spool(Iterator<CrlEntry> entries, long thisUpdate, Spool spool) throws IOException {
        EntryEncoder encoder = new EntryEncoder(thisUpdate);
        while (entries.hasNext()) {
            int length = encoder.encode(entries.next());
            spool.add(encoder.octets(), length);
        }
    }

    /**
     * Writes the signed CRL, which is on the disk when this returns.
     *
     * @param file that is not there yet
     */
    CrlContent build(CrlDraft draft, Spool entries, Path file) throws IOException {
        Tbs tbs = Tbs.of(new TbsFields(draft), entries);
        LintedCrl linted = linter.lint(tbs.read(), draft.key().newDigest(), draft.expected(entries.entries()));
        byte[] signature = Arrays.concatenate(
                draft.key().signatory().algorithm().getEncoded(ASN1Encoding.DER),
                new DERBitString(draft.key().sign(linted)).getEncoded(ASN1Encoding.DER));
        return write(tbs, signature, file);
    }

    private static CrlContent write(Tbs tbs, byte[] signature, Path file) throws IOException {
        byte[] header = DerStream.header(Tbs.SEQUENCE, tbs.length() + signature.length);
        MessageDigest sha256 = Sha256.newDigest();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), sha256)) {
            out.write(header);
            copy(tbs, out);
            out.write(signature);
            channel.force(true);
        }
        return new CrlContent(
                tbs.entries().entries(),
                header.length + tbs.length() + signature.length,
                Sha256.fromOctets(sha256.digest()));
    }

    private static void copy(Tbs tbs, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = tbs.read()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        }
    }
}
