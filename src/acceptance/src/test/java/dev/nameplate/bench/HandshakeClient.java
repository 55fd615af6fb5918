package dev.nameplate.bench;

import dev.nameplate.bench.EstTarget.Closing;
import dev.nameplate.bench.Fleet.Device;
import java.io.IOException;
import java.security.KeyPair;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** For each re-enrolment a new connection: a full mutual handshake with the device's newest certificate, and a new key. */
final class HandshakeClient implements Client {
    private static final int ANSWER_BYTES = 32 * 1024;

    private record Prepared(Device device, KeyPair keys, byte[] request) {}

    private final EstTarget target;
    private final List<Device> devices;
    private final Deque<Prepared> prepared = new ArrayDeque<>();
    private final TlsConnection.Buffers buffers = new TlsConnection.Buffers();
    private final byte[] answerBuffer = new byte[ANSWER_BYTES];
    private int turn;

    /** @param devices of this client alone, in turn */
    HandshakeClient(EstTarget target, List<Device> devices) {
        this.target = target;
        this.devices = List.copyOf(devices);
    }

    @Override
    public void prepare(int requests) {
        while (prepared.size() < requests) {
            Device device = devices.get(turn++ % devices.size());
            KeyPair keys = Native.keyPair();
            byte[] request =
                    target.post(Fleet.LABEL + "/simplereenroll", device.name(), keys, Closing.AFTER_THE_ANSWER);
            prepared.add(new Prepared(device, keys, request));
        }
    }

    @Override
    public void connect() {
        // Every request connects anew.
    }

    @Override
    public boolean hasNext() {
        return !prepared.isEmpty();
    }

    @Override
    public long next() throws IOException {
        Prepared next = prepared.remove();
        long begin = System.nanoTime();
        try (TlsConnection connection =
                TlsConnection.open(target.address(), target.tls(), next.device().identity(), buffers)) {
            connection.write(next.request());
            HttpAnswer answer = HttpAnswer.read(connection, answerBuffer);
            long nanos = System.nanoTime() - begin;
            answer.require200();
            next.device().renewed(Fleet.identity(next.keys(), answer));
            connection.awaitEnd();
            return nanos;
        }
    }

    @Override
    public void disconnect() {
        // Nothing is kept.
    }
}
