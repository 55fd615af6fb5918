package dev.nameplate.ca.cli.est.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * A TLS ClientHello written by hand (RFC 5246, 7.4.1.2): the JDK does not offer what has to be refused. What it is answered
 * shows whether the server would go on.
 */
final class Hello {
    private static final int TLS_1_2 = 0x0303;
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    /** Suites that every server of those days had: ECDHE and RSA with AES-CBC, and the renegotiation signal (RFC 5746). */
    private static final List<Integer> COMMON =
            List.of(0xc009, 0xc00a, 0xc013, 0xc014, 0x0033, 0x0039, 0x002f, 0x0035, 0x000a, 0x00ff);
    /** Without authentication, encryption or strength: anonymous, NULL, export, DES (RFC 7030, 3.2.3). */
    private static final List<Integer> WEAK = List.of(
            0x0001, 0x0002, 0x003b, 0xc006, 0xc010, 0x0018, 0x001b, 0x0034, 0x003a, 0x006c, 0x006d, 0xc018, 0xc019,
            0x0003, 0x0006, 0x0008, 0x000b, 0x000e, 0x0011, 0x0014, 0x0017, 0x0019, 0x0009, 0x000c, 0x000f, 0x0012,
            0x0015, 0x001a, 0x00ff);

    private final URI server;

    Hello(URI server) {
        this.server = server;
    }

    /** Whether the server takes up this version; 0x0301 is TLS 1.0. */
    boolean isTaken(int version) throws IOException {
        return serverHello(version, COMMON);
    }

    /** Whether the server takes up TLS 1.2 with a suite that protects nothing. */
    boolean isTakenWeak() throws IOException {
        return serverHello(TLS_1_2, WEAK);
    }

    private boolean serverHello(int version, List<Integer> suites) throws IOException {
        try (Socket socket = Wire.connect(server)) {
            socket.getOutputStream().write(record(hello(version, suites)));
            socket.getOutputStream().flush();
            byte[] head = socket.getInputStream().readNBytes(11);
            return head.length == 11
                    && head[0] == HANDSHAKE
                    && head[5] == SERVER_HELLO
                    && (((head[9] & 0xff) << 8) | (head[10] & 0xff)) == version;
        }
    }

    private byte[] hello(int version, List<Integer> suites) {
        var body = new ByteArrayOutputStream();
        two(version, body);
        body.writeBytes(new byte[32]);
        body.write(0);
        two(2 * suites.size(), body);
        suites.forEach(suite -> two(suite, body));
        body.writeBytes(new byte[] {1, 0});
        byte[] extensions = extensions();
        two(extensions.length, body);
        body.writeBytes(extensions);
        var message = new ByteArrayOutputStream();
        message.write(1);
        message.write(0);
        two(body.size(), message);
        message.writeBytes(body.toByteArray());
        return message.toByteArray();
    }

    /** server_name (unless called by address), supported_groups, ec_point_formats, signature_algorithms. */
    private byte[] extensions() {
        var out = new ByteArrayOutputStream();
        if (server.getHost().matches(".*[A-Za-z].*") && !server.getHost().contains(":")) {
            byte[] name = server.getHost().getBytes(StandardCharsets.US_ASCII);
            two(0, out);
            two(name.length + 5, out);
            two(name.length + 3, out);
            out.write(0);
            two(name.length, out);
            out.writeBytes(name);
        }
        out.writeBytes(HexFormat.of()
                .parseHex("000a00080006001700180019" + "000b00020100" + "000d000e000c040305030401050102010203"));
        return out.toByteArray();
    }

    private static byte[] record(byte[] message) {
        var out = new ByteArrayOutputStream();
        out.write(HANDSHAKE);
        two(0x0301, out);
        two(message.length, out);
        out.writeBytes(message);
        return out.toByteArray();
    }

    private static void two(int value, ByteArrayOutputStream out) {
        out.write(value >> 8);
        out.write(value);
    }
}
