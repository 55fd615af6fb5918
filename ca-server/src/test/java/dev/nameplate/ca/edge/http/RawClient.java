package dev.nameplate.ca.edge.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.conscrypt.Conscrypt;

/** Says byte for byte what it is told to, and hears what comes back. */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;
    private final Socket socket;
    private final long opened;

    private RawClient(Socket socket, long opened) {
        this.socket = socket;
        this.opened = opened;
    }

    public static RawClient tls(SSLContext context, int port, String... protocols) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        if (Conscrypt.isConscrypt(socket)) {
            Conscrypt.setUseSessionTickets(socket, true);
        }
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        long opened = System.currentTimeMillis();
        socket.startHandshake();
        return new RawClient(socket, opened);
    }

    public static RawClient plain(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new RawClient(socket, System.currentTimeMillis());
    }

    public RawClient say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient say(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
        return this;
    }

    /** The first read of an answer: over TLS, what one record held. */
    public String hearOneRecord() throws IOException {
        byte[] buffer = new byte[32 * 1024];
        int count = socket.getInputStream().read(buffer);
        return new String(buffer, 0, Math.max(count, 0), StandardCharsets.ISO_8859_1);
    }

    /** One answer with a Content-Length, or none. */
    public Heard hear() throws IOException {
        String head = head();
        var heard = Heard.parse(head, new byte[0]);
        int length = Integer.parseInt(heard.header("Content-Length", "0"));
        return new Heard(head, heard.headers(), socket.getInputStream().readNBytes(length));
    }

    /** Like {@link #hear} for HEAD. */
    public Heard hearHead() throws IOException {
        return Heard.parse(head(), new byte[0]);
    }

    /** Everything until the other end closes in order; an end without close_notify is an IOException. */
    public String hearToTheEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** For what is not said in HTTP. */
    public SSLSocket socket() {
        return (SSLSocket) socket;
    }

    /** Whether TLS took up an earlier session: the session is then older than the connection. */
    public boolean resumed() {
        return ((SSLSocket) socket).getSession().getCreationTime() < opened;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String head() throws IOException {
        var head = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("closed after " + head);
            }
            head.write(octet);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** An answer. Names of headers are kept as they came. */
    public record Heard(String head, Map<String, String> headers, byte[] body) {
        static Heard parse(String head, byte[] body) {
            var headers = new TreeMap<String, String>();
            for (String line : List.of(head.split("\r\n"))) {
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    headers.put(line.substring(0, colon), line.substring(colon + 2));
                }
            }
            return new Heard(head, headers, body);
        }

        public int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        public String header(String name, String otherwise) {
            return headers.getOrDefault(name, otherwise);
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
