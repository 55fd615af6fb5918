package dev.nameplate.bench;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/** A product that a storm goes over: a home, its device door, and its server, which starts and stops. */
public interface StormSite {
    Path home();

    InetSocketAddress door();

    /** What a command of the product printed. */
    String run(String... words);

    /** Until it is closed. */
    Running serve();

    /** A server that runs. */
    interface Running extends AutoCloseable {
        long pid();

        @Override
        void close();
    }
}
