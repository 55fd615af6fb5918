package dev.nameplate.ca.config;

import dev.nameplate.ca.enrollment.DeviceSecrets;
import dev.nameplate.ca.pki.DeviceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Secrets that devices have in common with the CA, in a file of lines {@code DEVICE ID KEY}: id and AES key in lower-case
 * hexadecimal, single spaces between. It is read whenever a device names one, so that lines can be added while the CA runs.
 */
public final class DeviceSecretsFile implements DeviceSecrets {
    private static final byte LINE_END = '\n';

    private final Path file;

    public DeviceSecretsFile(Path file) {
        this.file = file;
    }

    @Override
    public Optional<byte[]> find(DeviceId device, String id) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] lines = read();
        try {
            return key(lines, (device.value() + " " + id + " ").getBytes(StandardCharsets.US_ASCII));
        } finally {
            Arrays.fill(lines, (byte) 0);
        }
    }

    private static Optional<byte[]> key(byte[] lines, byte[] start) {
        for (int from = 0; from < lines.length; from = endOfLine(lines, from) + 1) {
            int end = endOfLine(lines, from);
            int keyFrom = from + start.length;
            if (keyFrom <= end && Arrays.equals(lines, from, keyFrom, start, 0, start.length)) {
                return octets(lines, keyFrom, end);
            }
        }
        return Optional.empty();
    }

    private static int endOfLine(byte[] lines, int from) {
        int end = from;
        while (end < lines.length && lines[end] != LINE_END) {
            end++;
        }
        return end;
    }

    /** Not by way of a string, which could not be overwritten. */
    private static Optional<byte[]> octets(byte[] hex, int from, int to) {
        int digits = to - from;
        if (digits != 32 && digits != 48 && digits != 64) {
            return Optional.empty();
        }
        byte[] octets = new byte[digits / 2];
        for (int i = 0; i < digits; i++) {
            int value = Character.digit(hex[from + i], 16);
            if (value < 0) {
                return Optional.empty();
            }
            octets[i / 2] = (byte) (octets[i / 2] << 4 | value);
        }
        return Optional.of(octets);
    }

    private byte[] read() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
