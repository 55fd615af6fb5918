package dev.nameplate.bench;

import dev.nameplate.est.CsrBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/** Units of one batch, one after the other, on a station's connection that stays open. */
final class StationClient implements Client {
    private static final int ANSWER_BYTES = 64 * 1024;

    private final InetSocketAddress door;
    private final ClientTls tls;
    private final Identity station;
    private final Units units;
    private final Deque<byte[]> prepared = new ArrayDeque<>();
    private final TlsConnection.Buffers buffers = new TlsConnection.Buffers();
    private final byte[] answerBuffer = new byte[ANSWER_BYTES];
    private int made;
    private @Nullable TlsConnection connection;

    /**
     * Which units, and who makes their keys.
     *
     * @param prefix of their ids, different for each client
     */
    record Units(String batch, String prefix, boolean injected) {}

    StationClient(InetSocketAddress door, ClientTls tls, Identity station, Units units) {
        this.door = door;
        this.tls = tls;
        this.station = station;
        this.units = units;
    }

    @Override
    public void prepare(int requests) {
        while (prepared.size() < requests) {
            prepared.add(request(units.prefix() + "-" + made++));
        }
    }

    @Override
    public void connect() throws IOException {
        disconnect();
        connection = TlsConnection.open(door, tls, station, buffers);
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

    private byte[] request(String unit) {
        String body = units.injected() ? "{}" : "{\"csr\":\"" + csr(unit) + "\"}";
        String text = "POST /api/v1/batches/" + units.batch() + "/units/" + unit
                + (units.injected() ? "/key" : "/certificate") + " HTTP/1.1\r\nHost: localhost:" + door.getPort()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String csr(String unit) {
        KeyPair keys = Native.keyPair();
        var csr = CsrBuilder.forSigner(
                        SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()), Native.signer(keys))
                .subject(new X500Name("CN=" + unit))
                .build();
        return Base64.getEncoder().encodeToString(csr.der());
    }
}
