package dev.nameplate.ca.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system for H2 whose disk is full when told so. Written with the prefix {@code fulldisk:}. */
public final class FullDisk extends FilePathWrapper {
    private static final AtomicBoolean FULL = new AtomicBoolean();

    static void register() {
        FilePath.register(new FullDisk());
    }

    static void full(boolean full) {
        FULL.set(full);
    }

    @Override
    public String getScheme() {
        return "fulldisk";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Full(super.open(mode));
    }

    private static final class Full extends FileBase {
        private final FileChannel under;

        Full(FileChannel under) {
            this.under = under;
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            if (FULL.get()) {
                throw new IOException("No space left on device");
            }
            return under.write(source, position);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (FULL.get()) {
                throw new IOException("No space left on device");
            }
            return under.write(source);
        }

        @Override
        public long size() throws IOException {
            return under.size();
        }

        @Override
        public long position() throws IOException {
            return under.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            under.position(position);
            return this;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return under.read(target);
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) throws IOException {
            return under.read(target, position);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            under.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            under.force(metaData);
        }

        @Override
        public java.nio.channels.FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return under.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            under.close();
        }
    }
}
