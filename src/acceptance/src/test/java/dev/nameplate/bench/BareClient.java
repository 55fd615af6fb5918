package dev.nameplate.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** For each request a full mutual handshake with the reference server, by the same client code that measures the product. */
final class BareClient implements Client {
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int ANSWER_BYTES = 4 * 1024;

    private final InetSocketAddress server;
    private final ClientTls tls;
    private final Identity identity;
    private final TlsConnection.Buffers buffers = new TlsConnection.Buffers();
    private final byte[] answerBuffer = new byte[ANSWER_BYTES];

    BareClient(InetSocketAddress server, ClientTls tls, Identity identity) {
        this.server = server;
        this.tls = tls;
        this.identity = identity;
    }

    @Override
    public void prepare(int requests) {
        // All requests are the same.
    }

    @Override
    public void connect() {
        // Every request connects anew.
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public long next() throws IOException {
        long begin = System.nanoTime();
        try (TlsConnection connection = TlsConnection.open(server, tls, identity, buffers)) {
            connection.write(REQUEST);
            HttpAnswer answer = HttpAnswer.read(connection, answerBuffer);
            long nanos = System.nanoTime() - begin;
            answer.require200();
            connection.awaitEnd();
            return nanos;
        }
    }

    @Override
    public void disconnect() {
        // Nothing is kept.
    }
}
