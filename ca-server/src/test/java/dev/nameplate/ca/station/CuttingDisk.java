package dev.nameplate.ca.station;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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

    /** What is written beside a file takes its place at once, or not at all; of several, any may have done so: here the last ones. */
    @Override
    public void replaceAll(Map<Path, byte[]> files) throws IOException {
        boolean cut = begins();
        if (cut && reached == Reached.HALF) {
            List<Path> order = List.copyOf(files.keySet());
            int whole = order.size() - order.size() / 2;
            Path torn = order.getFirst();
            Files.write(torn.resolveSibling(torn.getFileName() + ".new"), half(requireNonNull(files.get(torn))));
            for (Path file : order.subList(whole, order.size())) {
                real.replace(file, requireNonNull(files.get(file)));
            }
        } else if (!cut || reached == Reached.ALL) {
            real.replaceAll(files);
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
