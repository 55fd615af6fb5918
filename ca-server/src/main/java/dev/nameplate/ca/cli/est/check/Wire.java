package dev.nameplate.ca.cli.est.check;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** HTTP/1.1 over TLS with nothing tidied up: one connection per request. */
final class Wire {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MOST_OCTETS = 1 << 20;
    private static final int HTTPS = 443;
    private static final int CONTINUE = 100;

    private final URI server;
    private final SSLContext tls;
    private final boolean named;

    /** @param named whether the server's certificate has to bear the name it was called by (RFC 7030, 3.6.1) */
    Wire(URI server, SSLContext tls, boolean named) {
        this.server = server;
        this.tls = tls;
        this.named = named;
    }

    static Socket connect(URI server) throws IOException {
        Socket socket = new Socket();
        socket.connect(
                new InetSocketAddress(server.getHost(), server.getPort() < 0 ? HTTPS : server.getPort()),
                PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    Heard ask(Ask ask) throws IOException {
        return ask((SSLSession _) -> ask);
    }

    /** @param asking what to ask in this session, to whose binding it may refer */
    Heard ask(Function<SSLSession, Ask> asking) throws IOException {
        try (SSLSocket socket = open()) {
            Ask ask = asking.apply(socket.getSession());
            var in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            out.write(ask.head(server.getAuthority()));
            if (!ask.expects()) {
                out.write(ask.content());
            }
            out.flush();
            Heard heard = hear(in, ask);
            if (heard.status() == CONTINUE) {
                out.write(ask.content());
                out.flush();
                heard = hear(in, ask);
            }
            return heard;
        }
    }

    /** The certificates that the server shows. */
    SSLSession session() throws IOException {
        try (SSLSocket socket = open()) {
            return socket.getSession();
        }
    }

    private SSLSocket open() throws IOException {
        Socket plain = connect(server);
        SSLSocket socket =
                (SSLSocket) tls.getSocketFactory().createSocket(plain, server.getHost(), plain.getPort(), true);
        if (named) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return socket;
    }

    private static Heard hear(InputStream in, Ask ask) throws IOException {
        String[] status = line(in).split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("[1-5][0-9]{2}")) {
            throw new IOException("what came back is not HTTP/1.1");
        }
        Map<String, List<String>> headers = headers(in);
        int code = Integer.parseInt(status[1]);
        Heard.Framing framing = framing(code, headers, ask);
        byte[] body = switch (framing) {
            case NONE -> new byte[0];
            case CHUNKED -> chunks(in);
            case LENGTH -> whole(in, length(headers));
            case CLOSE -> in.readNBytes(MOST_OCTETS);
        };
        return new Heard(code, headers, body, framing);
    }

    private static Heard.Framing framing(int status, Map<String, List<String>> headers, Ask ask) {
        if (ask.method().equals("HEAD") || status < 200 || status == 204 || status == 304) {
            return Heard.Framing.NONE;
        }
        if (headers.containsKey("transfer-encoding")) {
            return Heard.Framing.CHUNKED;
        }
        return headers.containsKey("content-length") ? Heard.Framing.LENGTH : Heard.Framing.CLOSE;
    }

    private static Map<String, List<String>> headers(InputStream in) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static int length(Map<String, List<String>> headers) throws IOException {
        String length = headers.getOrDefault("content-length", List.of("")).getFirst();
        if (!length.matches("[0-9]{1,7}")) {
            throw new IOException("Content-Length is " + length);
        }
        return Integer.parseInt(length);
    }

    private static byte[] whole(InputStream in, int length) throws IOException {
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the body ends after " + body.length + " of " + length + " octets");
        }
        return body;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        int size = size(in);
        while (size > 0 && body.size() <= MOST_OCTETS) {
            body.writeBytes(whole(in, size));
            line(in);
            size = size(in);
        }
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        String size = line(in).split(";", 2)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,6}")) {
            throw new IOException("a chunk has no size");
        }
        return Integer.parseInt(size, 16);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.size() > MOST_OCTETS) {
                throw new EOFException("the connection ended in the head of the answer");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
