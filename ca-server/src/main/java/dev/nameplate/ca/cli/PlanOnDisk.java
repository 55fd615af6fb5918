package dev.nameplate.ca.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plan's file, found to be as the server wrote it: its last line holds the SHA-256 over all lines before.
 *
 * @param head its first line
 */
record PlanOnDisk(JsonNode head, String digest) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The last line: {@code {"sha256":"…"}} and a line feed. */
    private static final int LAST_LINE_OCTETS = 11 + 64 + 2 + 1;

    /** @throws CommandFailedException if it is no plan, or was changed */
    static PlanOnDisk read(Path file) {
        try {
            long body = Files.size(file) - LAST_LINE_OCTETS;
            if (body <= 0) {
                throw noPlan(file);
            }
            MessageDigest digest = sha256();
            String last;
            try (InputStream in = Files.newInputStream(file)) {
                digest(in, body, digest);
                last = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            String own = HexFormat.of().formatHex(digest.digest());
            JsonNode head = head(file);
            if (!JSON.readTree(last).path("sha256").asString("").equals(own)) {
                throw CommandFailedException.refused(
                        file + " was changed since the server wrote it; make a new plan with `nameplate revoke plan`");
            }
            return new PlanOnDisk(head, own);
        } catch (IOException e) {
            throw CommandFailedException.fault(file + " cannot be read: " + e.getMessage());
        } catch (JacksonException e) {
            throw noPlan(file);
        }
    }

    String id() {
        return head.path("plan").asString("");
    }

    private static JsonNode head(Path file) throws IOException {
        try (var lines = Files.newBufferedReader(file)) {
            JsonNode head = JSON.readTree(String.valueOf(lines.readLine()));
            if (!head.path("plan").isString() || !head.path("ca").isString()) {
                throw noPlan(file);
            }
            return head;
        }
    }

    private static void digest(InputStream in, long octets, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = octets;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("it became shorter while it was read");
            }
            digest.update(buffer, 0, read);
            left -= read;
        }
    }

    private static CommandFailedException noPlan(Path file) {
        return CommandFailedException.refused(
                file + " is no plan, or was changed since the server wrote it; `nameplate revoke plan` makes one");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
