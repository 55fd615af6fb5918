package dev.nameplate.ca.edge.distribution;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.edge.http.Door;
import dev.nameplate.ca.edge.http.TestDoors;
import dev.nameplate.ca.edge.http.TestPki;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The path and headers of a GET at the public door, as Range, If-None-Match, If-Modified-Since and Accept-Encoding: whatever
 * they are, something is answered in time, and it is no fault of the server.
 */
public final class PublicDoorFuzz {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final int PATIENCE_MILLIS = 5000;
    private static final Door DOOR = open();

    private PublicDoorFuzz() {}

    /** The path, a line feed, and header lines without CR. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        String[] lines = text.split("\n", -1);
        var request = new StringBuilder("GET /" + lines[0] + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        for (int i = 1; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                request.append(lines[i]).append("\r\n");
            }
        }
        String status = ask(request.append("\r\n").toString());
        if (!status.matches("HTTP/1\\.[01] [234].*")
                && !status.startsWith("HTTP/1.1 501")
                && !status.startsWith("HTTP/1.1 505")) {
            throw new AssertionError("answered " + status);
        }
    }

    private static String ask(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), DOOR.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            byte[] begin = socket.getInputStream().readNBytes(12);
            return new String(begin, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Door open() {
        try {
            Path published = Files.createTempDirectory("fuzz-crl");
            Path directory = Files.createDirectories(published.resolve("crl/devices"));
            try (var crl = PublicDoorFuzz.class.getResourceAsStream("fuzz.crl")) {
                Files.copy(java.util.Objects.requireNonNull(crl), directory.resolve("g1.crl"));
            }
            var record = new IssuerRecord(
                    new IssuerGeneration(new IssuerName("devices"), 1),
                    IssuerRecord.State.ACTIVE,
                    "pkcs11:id=%01",
                    List.of(new TestPki("devices 1").root()),
                    NOW);
            var distribution = new Distribution(() -> List.of(record), published, () -> NOW, NoOcsp.door());
            var settings = TestDoors.settings(Duration.ofSeconds(20));
            return Door.http("public", settings, TestDoors.VOICE, distribution).open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
