package dev.nameplate.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The reference for answers signed live: {@code openssl ocsp}, which has its key in a file and signs every answer. */
record OpensslResponder(Child child, int port, OcspRequests requests) {
    private static final int PATIENCE_MILLIS = 10_000;

    static OpensslResponder start(Commands commands, Scratch scratch, Cleanup cleanup, List<BigInteger> serials) {
        SmallCa ca = new SmallCa("Bench OCSP");
        Path certificate = scratch.write("openssl-ocsp.pem", SmallCa.pem(ca.certificate()));
        Path key = scratch.write("openssl-ocsp.key", SmallCa.pem(ca.keyPair()));
        Path index = scratch.write(
                "openssl-ocsp.index",
                serials.stream().map(OpensslResponder::line).collect(Collectors.joining()));
        int port = Ports.free();
        Child child = commands.start(
                cleanup,
                "openssl-ocsp",
                Map.of(),
                List.of(
                        "openssl",
                        "ocsp",
                        "-index",
                        index.toString(),
                        "-port",
                        Integer.toString(port),
                        "-rsigner",
                        certificate.toString(),
                        "-rkey",
                        key.toString(),
                        "-CA",
                        certificate.toString(),
                        "-ignore_err",
                        "-ndays",
                        "1"));
        // It waits for ever for the request of whoever only tries whether it is there.
        Waiting.until("openssl ocsp listens", child, () -> child.lastLines().contains("waiting for"));
        return new OpensslResponder(child, port, new OcspRequests(ca.certificate()));
    }

    /** One after the other, each on a connection of its own: it speaks to one client at a time, and closes. */
    Wrk.Run run(List<byte[]> asked, Duration time) {
        Duration before = ProcFs.cpu(child.pid());
        long begin = System.nanoTime();
        int done = 0;
        while (System.nanoTime() - begin < time.toNanos()) {
            ask(asked.get(done % asked.size()));
            done++;
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Duration spent = ProcFs.cpu(child.pid()).minus(before);
        var run = new Wrk.Run(done / seconds, spent.toNanos() / 1e3 / done);
        System.err.printf("  %.0f/s, server CPU %.1f us%n", run.perSecond(), run.cpuMicros());
        return run;
    }

    private void ask(byte[] request) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            String head = "POST / HTTP/1.0\r\nContent-Type: application/ocsp-request\r\nContent-Length: "
                    + request.length + "\r\n\r\n";
            var message = new ByteArrayOutputStream();
            message.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            message.writeBytes(request);
            socket.getOutputStream().write(message.toByteArray());
            byte[] answer = socket.getInputStream().readAllBytes();
            if (!new String(answer, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.0 200")) {
                throw new IllegalStateException("openssl ocsp gave no answer");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("openssl ocsp does not answer: " + child.lastLines(), e);
        }
    }

    /** With a name of its own: two of one name are no index. */
    private static String line(BigInteger serial) {
        String hex = serial.toString(16).toUpperCase(Locale.ROOT);
        return "V\t291231235959Z\t\t" + (hex.length() % 2 == 0 ? hex : "0" + hex) + "\tunknown\t/CN=" + hex + "\n";
    }
}
