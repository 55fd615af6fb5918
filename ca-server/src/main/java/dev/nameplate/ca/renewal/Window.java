package dev.nameplate.ca.renewal;

import dev.nameplate.ca.pki.Sha256;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** From when to when, in whole seconds. */
public record Window(Instant start, Instant end) {
    private static final int PARTS = 4;
    private static final int DRAWN_OCTETS = 6;

    public Window {
        start = start.truncatedTo(ChronoUnit.SECONDS);
        end = end.truncatedTo(ChronoUnit.SECONDS);
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("a window does not begin before it ends: " + start + " to " + end);
        }
    }

    /**
     * A quarter of this window, the same for the same certificate every time: those that renew at the beginning of theirs are
     * spread over the whole.
     */
    Window shareOf(Sha256 fingerprint) {
        long whole = Duration.between(start, end).toSeconds();
        long share = Math.max(1, whole / PARTS);
        var drawn = new BigInteger(1, Arrays.copyOf(fingerprint.octets(), DRAWN_OCTETS));
        long offset = drawn.multiply(BigInteger.valueOf(whole - share + 1))
                .shiftRight(DRAWN_OCTETS * Byte.SIZE)
                .longValueExact();
        return new Window(start.plusSeconds(offset), start.plusSeconds(offset + share));
    }
}
