package dev.nameplate.ca.crl;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Holds entries until their length is known: a few in memory, many in a file, which goes away with it. */
final class Spool implements AutoCloseable {
    private static final int MOST_IN_MEMORY = 1 << 20;
    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private Optional<OutputStream> onDisk = Optional.empty();
    private long octets;
    private long entries;

    /** @param file is made when it is needed */
    Spool(Path file) {
        this.file = file;
    }

    void add(byte[] entry, int length) throws IOException {
        if (onDisk.isEmpty() && memory.size() + length > MOST_IN_MEMORY) {
            OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), BUFFER);
            onDisk = Optional.of(out);
            memory.writeTo(out);
            memory.reset();
        }
        onDisk.orElse(memory).write(entry, 0, length);
        octets += length;
        entries++;
    }

    /** Everything added so far, from the beginning. */
    InputStream read() throws IOException {
        if (onDisk.isPresent()) {
            onDisk.get().flush();
            return Files.newInputStream(file);
        }
        return new ByteArrayInputStream(memory.toByteArray());
    }

    long octets() {
        return octets;
    }

    long entries() {
        return entries;
    }

    @Override
    public void close() throws IOException {
        if (onDisk.isPresent()) {
            try {
                onDisk.get().close();
            } finally {
                Files.deleteIfExists(file);
            }
        }
    }
}
