package dev.nameplate.ca.device;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nameplate.ca.pki.LabelName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces for HTTP Digest (RFC 7616, 3.3): made by this process, for one label, good for a while, and each count used once. Nothing is
 * remembered of a nonce before somebody answered it rightly, so that asking for many costs nothing. Another process of the same CA
 * does not know them: a client that comes to it is given a new one.
 */
public final class Nonces {
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 100_000;
    private static final int RANDOM_OCTETS = 12;
    private static final int SEAL_OCTETS = 16;
    private static final int KEY_OCTETS = 32;
    private static final int OCTETS = Long.BYTES + RANDOM_OCTETS + SEAL_OCTETS;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Cache<String, Long> counts;

    public Nonces(InstantSource clock, SecureRandom random) {
        byte[] octets = new byte[KEY_OCTETS];
        random.nextBytes(octets);
        this.key = new SecretKeySpec(octets, ALGORITHM);
        this.random = random;
        this.clock = clock;
        this.counts = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(GOOD_FOR.multipliedBy(2))
                .ticker(() -> nanos(clock.instant()))
                .executor(Runnable::run)
                .build();
    }

    /** A new one, for this label. */
    public String next(LabelName label) {
        byte[] drawn = new byte[RANDOM_OCTETS];
        random.nextBytes(drawn);
        ByteBuffer nonce = ByteBuffer.allocate(OCTETS);
        nonce.putLong(clock.instant().getEpochSecond()).put(drawn);
        nonce.put(seal(nonce.array(), label));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce.array());
    }

    /** Whether it was made here, for this label, and not too long ago. */
    boolean isGood(String nonce, LabelName label) {
        byte[] octets = decoded(nonce);
        if (octets.length != OCTETS) {
            return false;
        }
        byte[] sealed = Arrays.copyOfRange(octets, OCTETS - SEAL_OCTETS, OCTETS);
        Instant made = Instant.ofEpochSecond(ByteBuffer.wrap(octets).getLong());
        return MessageDigest.isEqual(sealed, seal(octets, label))
                && clock.instant().isBefore(made.plus(GOOD_FOR));
    }

    /** @return false if this count, or a higher one, was used with it before: somebody plays an answer again */
    boolean use(String nonce, String count) {
        long used = Long.parseLong(count, 16);
        boolean[] first = new boolean[1];
        counts.asMap().compute(nonce, (_, highest) -> {
            first[0] = highest == null || used > highest;
            return first[0] ? Long.valueOf(used) : highest;
        });
        return first[0];
    }

    private byte[] seal(byte[] nonce, LabelName label) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(nonce, 0, OCTETS - SEAL_OCTETS);
            mac.update(label.value().getBytes(StandardCharsets.US_ASCII));
            return Arrays.copyOf(mac.doFinal(), SEAL_OCTETS);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static byte[] decoded(String nonce) {
        try {
            return Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException notOurs) {
            return new byte[0];
        }
    }

    private static long nanos(Instant now) {
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
