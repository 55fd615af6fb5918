package dev.nameplate.ca.station;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk under a machine whose power is cut while one certain operation goes on, counted from 1. */
final class CuttingDisk implements Disk {
    private final Disk real = new RealDisk();
    private final int at;
    private final Reached reached;
    private int operations;

    /** How much of the operation is on the disk when the power goes. */
    enum Reached {
        NOTHING,
        HALF,
        ALL
    }

    /** The machine is off. */
    static final class PowerCutException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    CuttingDisk(int at, Reached reached) {
        this.at = at;
        this.reached = reached;
    }

    int operations() {
        return operations;
    }

    @Override
    public void append(Path file, byte[] content) throws IOException {
        boolean cut = begins();
        if (!cut || reached != Reached.NOTHING) {
            real.append(file, cut && reached == Reached.HALF ? half(content) : content);
        }
        end(cut);
    }

    /** What is written beside the file takes its place at once, or not at all. */
    @Override
    public void replace(Path file, byte[] content) throws IOException {
        boolean cut = begins();
        if (cut && reached == Reached.HALF) {
            Files.write(file.resolveSibling(file.getFileName() + ".new"), half(content));
        } else if (!cut || reached == Reached.ALL) {
            real.replace(file, content);
        }
        end(cut);
    }

    @Override
    public void cut(Path file, long length) throws IOException {
        boolean cut = begins();
        if (!cut || reached == Reached.ALL) {
            real.cut(file, length);
        }
        end(cut);
    }

    private boolean begins() {
        return ++operations == at;
    }

    private static void end(boolean cut) {
        if (cut) {
            throw new PowerCutException();
        }
    }

    private static byte[] half(byte[] content) {
        return Arrays.copyOf(content, content.length / 2);
    }
}
