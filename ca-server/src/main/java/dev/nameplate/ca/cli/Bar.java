package dev.nameplate.ca.cli;

import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar for what takes long, on the screen's error side. */
public final class Bar implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(300);
    private static final int WIDTH = 78;

    private final PrintWriter err;
    private final ProgressBar bar;

    public Bar(String task, long all, PrintWriter err) {
        this.err = err;
        this.bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(all)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis((int) LOOK.toMillis())
                .showSpeed()
                .setConsumer(new DelegatingProgressBarConsumer(
                        line -> {
                            err.print("\r" + line);
                            err.flush();
                        },
                        WIDTH))
                .build();
    }

    public void to(long done) {
        bar.stepTo(done);
    }

    @Override
    public void close() {
        bar.close();
        err.println();
    }
}
