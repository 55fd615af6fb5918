package dev.nameplate.ca.app;

import dev.nameplate.ca.adoption.Watch;
import dev.nameplate.ca.cli.Bar;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Shows how far an adoption is, once it takes long enough for somebody to wonder. */
final class AdoptionBar implements Watch, AutoCloseable {
    private static final long FEW = 2000;
    private static final int UNKNOWN = -1;

    private final PrintWriter err;
    private final boolean silent;
    private @Nullable Bar bar;
    private boolean taking;

    AdoptionBar(PrintWriter err, boolean silent) {
        this.err = err;
        this.silent = silent;
    }

    @Override
    public void looked(long records) {
        if (records >= FEW) {
            to("looking", records, UNKNOWN);
        }
    }

    @Override
    public void took(long records, long all) {
        if (!taking) {
            close();
            taking = true;
        }
        if (all >= FEW) {
            to("taking over", records, all);
        }
    }

    private void to(String task, long records, long all) {
        if (silent) {
            return;
        }
        if (bar == null) {
            bar = new Bar(task, all, err);
        }
        bar.to(records);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
