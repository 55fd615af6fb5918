package dev.nameplate.ca.edge.distribution;

import dev.nameplate.ca.crl.CrlHeader;
import dev.nameplate.ca.pki.Sha256;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * A published CRL, open. The publisher replaces files, it never changes one: what is read from this one belongs together, whatever
 * is published meanwhile. So what is said about it is read from it as well.
 *
 * @param tag the entity tag, quotes included
 */
record CrlFile(Path path, FileChannel content, long octets, CrlForm form, String tag, CrlHeader header)
        implements AutoCloseable {
    /** The end holds the signature, or the checksum if it is compressed: no two CRLs have it in common. */
    private static final int END_OCTETS = 64;

    private static final int TAG_DIGITS = 32;

    static CrlFile open(Path path, CrlForm form) throws IOException {
        FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        try {
            long octets = channel.size();
            byte[] beginning = read(channel, 0, (int) Math.min(octets, CrlHeader.MOST_OCTETS));
            byte[] end = read(channel, Math.max(0, octets - END_OCTETS), (int) Math.min(octets, END_OCTETS));
            CrlHeader header = CrlHeader.parse(form == CrlForm.GZIP ? decompressed(beginning) : beginning);
            return new CrlFile(path, channel, octets, form, tag(beginning, end, octets), header);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private static String tag(byte[] beginning, byte[] end, long octets) {
        byte[] length = ByteBuffer.allocate(Long.BYTES).putLong(octets).array();
        return '"' + Sha256.of(length, beginning, end).toString().substring(0, TAG_DIGITS) + '"';
    }

    private static byte[] read(FileChannel channel, long position, int octets) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(octets);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("a published CRL became shorter");
            }
        }
        return buffer.array();
    }

    private static byte[] decompressed(byte[] beginning) throws IOException {
        byte[] header = new byte[CrlHeader.MOST_OCTETS];
        int read = 0;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(beginning))) {
            for (int more = in.read(header); more > 0; more = in.read(header, read, header.length - read)) {
                read += more;
            }
        } catch (EOFException onlyTheBeginning) {
            return Arrays.copyOf(header, read);
        }
        return Arrays.copyOf(header, read);
    }
}
