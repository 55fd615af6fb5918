package dev.nameplate.ca.edge.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request whose body is here in full. */
final class ArrivedRequest extends Request.Wrapper {
    private final byte[] body;
    private Content.@Nullable Chunk next;

    ArrivedRequest(Request request, byte[] body) {
        super(request);
        this.body = body;
        this.next = Content.Chunk.from(ByteBuffer.wrap(body), true);
    }

    @Override
    public long getLength() {
        return body.length;
    }

    @Override
    public Content.Chunk read() {
        Content.Chunk chunk = next;
        next = Content.Chunk.EOF;
        return chunk == null ? Content.Chunk.EOF : chunk;
    }

    @Override
    public void demand(Runnable demandCallback) {
        demandCallback.run();
    }

    @Override
    public void fail(Throwable failure) {
        next = Content.Chunk.from(failure, true);
    }

    @Override
    public boolean consumeAvailable() {
        next = Content.Chunk.EOF;
        return true;
    }
}
