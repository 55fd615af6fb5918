package dev.nameplate.bench;

import dev.nameplate.bench.EstTarget.Closing;
import dev.nameplate.bench.Fleet.Device;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Re-enrolments of one device on one connection that stays open, each with a new key; none of the new ones is used. */
final class KeepAliveClient implements Client {
    private static final int ANSWER_BYTES = 32 * 1024;

    private final EstTarget target;
    private final Device device;
    private final Deque<byte[]> prepared = new ArrayDeque<>();
    private final TlsConnection.Buffers buffers = new TlsConnection.Buffers();
    private final byte[] answerBuffer = new byte[ANSWER_BYTES];
    private @Nullable TlsConnection connection;

    KeepAliveClient(EstTarget target, Device device) {
        this.target = target;
        this.device = device;
    }

    @Override
    public void prepare(int requests) {
        while (prepared.size() < requests) {
            prepared.add(
                    target.post(Fleet.LABEL + "/simplereenroll", device.name(), Native.keyPair(), Closing.KEPT_ALIVE));
        }
    }

    @Override
    public void connect() throws IOException {
        disconnect();
        connection = TlsConnection.open(target.address(), target.tls(), device.identity(), buffers);
    }

    @Override
    public boolean hasNext() {
        return !prepared.isEmpty();
    }

    @Override
    public long next() throws IOException {
        TlsConnection open = connection;
        if (open == null) {
            throw new IOException("not connected");
        }
        byte[] request = prepared.remove();
        long begin = System.nanoTime();
        open.write(request);
        HttpAnswer answer = HttpAnswer.read(open, answerBuffer);
        long nanos = System.nanoTime() - begin;
        answer.require200();
        return nanos;
    }

    @Override
    public void disconnect() throws IOException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
