package dev.nameplate.ca.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that does not exist yet and that only its owner will read. */
record NewFile(Path path) {
    static NewFile closed(Path path) {
        return new NewFile(path);
    }

    void write(byte[] content) throws IOException {
        write(new ByteArrayInputStream(content));
    }

    /** All of it, or no file. */
    void write(InputStream content) throws IOException {
        FileChannel channel = create();
        boolean whole = false;
        try (channel;
                OutputStream out = Channels.newOutputStream(channel)) {
            content.transferTo(out);
            channel.force(true);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** @throws CommandFailedException if it exists */
    void requireAbsent() {
        if (Files.exists(path)) {
            throw exists();
        }
    }

    private FileChannel create() throws IOException {
        try {
            return FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw exists();
        }
    }

    private CommandFailedException exists() {
        return CommandFailedException.refused(path + " exists already; move it away or name another place");
    }
}
