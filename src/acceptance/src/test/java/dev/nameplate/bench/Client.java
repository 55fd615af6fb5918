package dev.nameplate.bench;

import java.io.IOException;

/** One of the clients that send requests at once; each is used by one thread at a time. */
interface Client {
    /** Makes requests ready, while no clock runs. */
    void prepare(int requests);

    /** Gets ready to send, while no clock runs. */
    void connect() throws IOException;

    /** Whether a prepared request is left. */
    boolean hasNext();

    /**
     * Sends the next request and takes its answer.
     *
     * @return nanoseconds from before the first byte, the handshake's included, to the end of the answer
     * @throws IOException if the answer was another than expected
     */
    long next() throws IOException;

    /** Closes its connection, if it keeps one. */
    void disconnect() throws IOException;
}
