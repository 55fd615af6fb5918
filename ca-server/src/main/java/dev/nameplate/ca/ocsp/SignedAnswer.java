package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.pki.Sha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An OCSPResponse with a signature, octet by octet. */
public final class SignedAnswer {
    private final byte[] der;
    private final String tag;
    private final long madeMillis;
    private final long endMillis;
    private final Use use;
    private volatile @Nullable Object form;

    /** Who may get it. */
    public enum Use {
        /** Whoever asks the same. */
        ALL,

        /** Whoever asked, since it repeats their nonce. */
        ONE
    }

    SignedAnswer(byte[] der, Instant made, Instant end, Use use) {
        this.der = der;
        this.tag = Sha256.of(der).toString();
        this.madeMillis = made.toEpochMilli();
        this.endMillis = end.toEpochMilli();
        this.use = use;
    }

    /** Read-only, and the caller's own. */
    public ByteBuffer octets() {
        return ByteBuffer.wrap(der).asReadOnlyBuffer();
    }

    public int length() {
        return der.length;
    }

    /** The SHA-256 of the octets in hexadecimal (RFC 9919, 6.2). */
    public String tag() {
        return tag;
    }

    /** thisUpdate and producedAt, in milliseconds since 1970: nothing is allocated for who asks often. */
    public long madeMillis() {
        return madeMillis;
    }

    /** nextUpdate, in milliseconds since 1970. */
    public long endMillis() {
        return endMillis;
    }

    public Use use() {
        return use;
    }

    /** What a door makes of this answer, made once for all who get it. */
    public <T> T as(Class<T> type, Function<SignedAnswer, T> make) {
        Object made = form;
        if (!type.isInstance(made)) {
            made = make.apply(this);
            form = made;
        }
        return type.cast(made);
    }
}
