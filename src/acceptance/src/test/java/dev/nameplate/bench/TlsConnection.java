package dev.nameplate.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.jspecify.annotations.Nullable;

/** A TLS connection with as little around the TLS engine as there can be. For one thread. */
final class TlsConnection implements AutoCloseable {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Used by one connection after the other. */
    static final class Buffers {
        private static final int RECORD = 17 * 1024;
        private final ByteBuffer in = ByteBuffer.allocateDirect(2 * RECORD);
        private final ByteBuffer out = ByteBuffer.allocateDirect(2 * RECORD);
        private final ByteBuffer plain = ByteBuffer.allocateDirect(2 * RECORD);
    }

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final Buffers buffers;

    private TlsConnection(SocketChannel channel, SSLEngine engine, Buffers buffers) {
        this.channel = channel;
        this.engine = engine;
        this.buffers = buffers;
    }

    /** Connects and shakes hands; the server may not have looked at the client's certificate yet. */
    static TlsConnection open(InetSocketAddress server, ClientTls tls, @Nullable Identity identity, Buffers buffers)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(server);
            TlsConnection connection = new TlsConnection(channel, tls.engine(identity), buffers);
            connection.handshake();
            return connection;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    void write(byte[] request) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(request);
        while (source.hasRemaining()) {
            wrap(source);
        }
    }

    /** Reads something, blocking; -1 at the end of the stream. */
    int read(byte[] into, int offset) throws IOException {
        buffers.plain.clear();
        while (buffers.plain.position() == 0) {
            if (!unwrap()) {
                return -1;
            }
        }
        buffers.plain.flip();
        int length = Math.min(buffers.plain.remaining(), into.length - offset);
        buffers.plain.get(into, offset, length);
        if (buffers.plain.hasRemaining()) {
            throw new IOException("the answer is longer than " + into.length + " bytes");
        }
        return length;
    }

    /** Waits until the server closed its side, so that the server's close is part of what is measured. */
    void awaitEnd() throws IOException {
        buffers.in.clear();
        while (channel.read(buffers.in) >= 0) {
            buffers.in.clear();
        }
    }

    @Override
    public void close() throws IOException {
        engine.closeOutbound();
        channel.close();
    }

    private void handshake() throws IOException {
        buffers.in.clear().limit(0);
        buffers.plain.clear();
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap()) {
                        throw new EOFException("the server closed the connection during the handshake");
                    }
                }
                case NEED_TASK -> engine.getDelegatedTask().run();
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    private void wrap(ByteBuffer source) throws IOException {
        buffers.out.clear();
        SSLEngineResult result = engine.wrap(source, buffers.out);
        if (result.getStatus() != SSLEngineResult.Status.OK) {
            throw new IOException("TLS cannot send: " + result.getStatus());
        }
        buffers.out.flip();
        while (buffers.out.hasRemaining()) {
            channel.write(buffers.out);
        }
    }

    /** Makes one step with what came in; false at the end of the stream. */
    private boolean unwrap() throws IOException {
        SSLEngineResult result = engine.unwrap(buffers.in, buffers.plain);
        return switch (result.getStatus()) {
            case OK -> true;
            case BUFFER_UNDERFLOW -> fill();
            case CLOSED -> false;
            case BUFFER_OVERFLOW -> throw new IOException("a TLS record does not fit the buffer");
        };
    }

    private boolean fill() throws IOException {
        buffers.in.compact();
        int length = channel.read(buffers.in);
        buffers.in.flip();
        return length >= 0;
    }
}
