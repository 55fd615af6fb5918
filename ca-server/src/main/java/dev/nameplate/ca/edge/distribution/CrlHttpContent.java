package dev.nameplate.ca.edge.distribution;

import java.time.Instant;
import java.util.Set;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.jspecify.annotations.Nullable;

/** An open CRL as Jetty serves content (RFC 2585, 4.2). */
final class CrlHttpContent implements HttpContent {
    private static final HttpField TYPE = new HttpField(HttpHeader.CONTENT_TYPE, "application/pkix-crl");
    private static final HttpField GZIP = new HttpField(HttpHeader.CONTENT_ENCODING, "gzip");
    private static final int BUFFER = 64 * 1024;

    private final CrlFile file;

    CrlHttpContent(CrlFile file) {
        this.file = file;
    }

    @Override
    public HttpField getContentType() {
        return TYPE;
    }

    @Override
    public @Nullable HttpField getContentEncoding() {
        return file.form() == CrlForm.GZIP ? GZIP : null;
    }

    @Override
    public HttpField getContentLength() {
        return new HttpField.LongValueHttpField(HttpHeader.CONTENT_LENGTH, file.octets());
    }

    @Override
    public long getContentLengthValue() {
        return file.octets();
    }

    @Override
    public HttpField getLastModified() {
        return new HttpField(HttpHeader.LAST_MODIFIED, DateGenerator.formatDate(getLastModifiedInstant()));
    }

    @Override
    public Instant getLastModifiedInstant() {
        return file.header().thisUpdate();
    }

    @Override
    public HttpField getETag() {
        return new HttpField(HttpHeader.ETAG, file.tag());
    }

    @Override
    public @Nullable String getCharacterEncoding() {
        return null;
    }

    @Override
    public MimeTypes.@Nullable Type getMimeType() {
        return null;
    }

    /** Asked whether it is a directory, and not read. */
    @Override
    public Resource getResource() {
        return ResourceFactory.root().newResource(file.path());
    }

    @Override
    public void writeTo(Content.Sink sink, long offset, long length, Callback callback) {
        var pool = new ByteBufferPool.Sized(null, true, BUFFER);
        long octets = length < 0 ? file.octets() - offset : length;
        Content.copy(Content.Source.from(pool, file.content(), offset, octets), sink, callback);
    }

    @Override
    public Set<CompressedContentFormat> getPreCompressedContentFormats() {
        return Set.of();
    }
}
