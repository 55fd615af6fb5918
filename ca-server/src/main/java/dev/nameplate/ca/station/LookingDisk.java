package dev.nameplate.ca.station;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** For whoever only looks, while another process may be at work: what is half written is left as it is. */
public final class LookingDisk implements Disk {
    @Override
    public void append(Path file, byte[] content) throws IOException {
        throw new IOException(file + " is only looked at");
    }

    @Override
    public void replaceAll(Map<Path, byte[]> files) throws IOException {
        throw new IOException(files.keySet() + " are only looked at");
    }

    @Override
    public void cut(Path file, long length) {
        assert length >= 0;
    }
}
