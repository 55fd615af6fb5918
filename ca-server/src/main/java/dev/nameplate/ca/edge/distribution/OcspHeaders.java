package dev.nameplate.ca.edge.distribution;

import dev.nameplate.ca.ocsp.SignedAnswer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpDateTime;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** What caches on the way are told about an answer to GET (RFC 9919, 5 and 6.2). */
final class OcspHeaders {
    private static final String FOR_ALL = ", public, no-transform, must-revalidate";
    private static final long MILLIS = 1000;

    /** no-store is not for answers with a signature (RFC 9919, 6.2). */
    private static final HttpField FOR_ONE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "private, max-age=0");

    private final long maxAgeSeconds;
    private final HttpField usual;

    OcspHeaders(Duration maxAge) {
        this.maxAgeSeconds = maxAge.toSeconds();
        this.usual = forAll(maxAgeSeconds);
    }

    void addTo(HttpFields.Mutable headers, SignedAnswer answer, long nowMillis) {
        if (answer.use() == SignedAnswer.Use.ONE) {
            headers.put(FOR_ONE);
            return;
        }
        long leftSeconds = TimeUnit.MILLISECONDS.toSeconds(answer.endMillis() - nowMillis);
        headers.put(answer.as(Lines.class, Lines::of));
        headers.put(leftSeconds > maxAgeSeconds ? usual : forAll(Math.max(0, leftSeconds - 1)));
    }

    /** Whether the client has this very answer (RFC 9110, 13.2.2). */
    static boolean has(HttpFields asked, SignedAnswer answer) {
        String tags = asked.get(HttpHeader.IF_NONE_MATCH);
        if (tags != null) {
            return tags.equals("*") || tags.contains(tag(answer));
        }
        String since = asked.get(HttpHeader.IF_MODIFIED_SINCE);
        return since != null && answer.madeMillis() / MILLIS * MILLIS <= HttpDateTime.parseToEpoch(since);
    }

    /**
     * ETag, Last-Modified and Expires as the octets that are sent: whatever is kept is asked for often. HTTP/1.1 alone is spoken
     * at the doors.
     */
    private static final class Lines extends PreEncodedHttpField {
        private final byte[] octets;

        private Lines(String tag, String rest) {
            super(HttpHeader.ETAG, tag);
            this.octets = (HttpHeader.ETAG.asString() + ": " + tag + "\r\n" + rest).getBytes(StandardCharsets.US_ASCII);
        }

        static Lines of(SignedAnswer answer) {
            return new Lines(
                    tag(answer),
                    line(HttpHeader.LAST_MODIFIED, answer.madeMillis()) + line(HttpHeader.EXPIRES, answer.endMillis()));
        }

        @Override
        public void putTo(ByteBuffer buffer, HttpVersion version) {
            buffer.put(octets);
        }

        @Override
        public int getEncodedLength(HttpVersion version) {
            return octets.length;
        }

        private static String line(HttpHeader name, long millis) {
            return name.asString() + ": " + DateGenerator.formatDate(millis) + "\r\n";
        }
    }

    private static String tag(SignedAnswer answer) {
        return '"' + answer.tag() + '"';
    }

    private static HttpField forAll(long seconds) {
        return new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "max-age=" + seconds + FOR_ALL);
    }
}
