package dev.nameplate.acceptance;

import dev.nameplate.est.EstMediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One TLS connection to the device door, and requests one after the other on it. */
final class KeptConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final SSLSocket socket;
    private final URI door;

    private KeptConnection(SSLSocket socket, URI door) {
        this.socket = socket;
        this.door = door;
    }

    /** A context remembers its sessions, and resumes one if the server lets it. */
    static KeptConnection open(SSLContext context, URI door, String protocol) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(door.getHost(), door.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return new KeptConnection(socket, door);
    }

    /** When the keys of this session were agreed on; the same for a session that was resumed. */
    long agreedAt() {
        return socket.getSession().getCreationTime();
    }

    /** @return the status and the body */
    String reenrol(byte[] request) throws IOException {
        String head = "POST /.well-known/est/simplereenroll HTTP/1.1\r\nHost: " + door.getHost() + "\r\nContent-Type: "
                + EstMediaTypes.PKCS10 + "\r\nContent-Length: " + request.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        return answer(socket.getInputStream());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String answer(InputStream in) throws IOException {
        String status = line(in).split(" ", 3)[1];
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        return status + " " + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("the connection ended after " + line);
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }
}
