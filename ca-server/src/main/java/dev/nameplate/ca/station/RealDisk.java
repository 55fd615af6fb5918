package dev.nameplate.ca.station;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Files that are written through to the disk. */
public final class RealDisk implements Disk {
    @Override
    public void append(Path file, byte[] content) throws IOException {
        try (FileChannel channel = open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            write(channel, content);
            channel.force(true);
        }
    }

    /** All of them are written before the first is waited for: most file systems then wait once. */
    @Override
    public void replaceAll(Map<Path, byte[]> files) throws IOException {
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            Path fresh = beside(file.getKey());
            Files.deleteIfExists(fresh);
            try (FileChannel channel = open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                write(channel, file.getValue());
            }
        }
        for (Path file : files.keySet()) {
            force(beside(file), StandardOpenOption.WRITE);
        }
        Set<Path> directories = new LinkedHashSet<>();
        for (Path file : files.keySet()) {
            Files.move(beside(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            directories.add(file.toAbsolutePath().getParent());
        }
        for (Path directory : directories) {
            force(directory, StandardOpenOption.READ);
        }
    }

    @Override
    public void cut(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
            channel.force(true);
        }
    }

    private static FileChannel open(Path file, StandardOpenOption... how) throws IOException {
        return FileChannel.open(
                file, Set.of(how), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static void write(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }
}
