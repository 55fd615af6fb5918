package dev.nameplate.ca.edge.http;

import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS connections whose handshakes go through a {@link HandshakeQueue}. */
final class QueuedHandshakes extends SslConnectionFactory {
    private final HandshakeQueue queue;

    QueuedHandshakes(SslContextFactory.Server tls, String next, HandshakeQueue queue) {
        super(tls, next);
        this.queue = queue;
    }

    /** How many connections wait for their handshake to go on. */
    int waiting() {
        return queue.waiting();
    }

    @Override
    protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
        return new QueuedConnection(connector, endPoint, engine);
    }

    private final class QueuedConnection extends SslConnection implements SslHandshakeListener {
        private final AtomicBoolean computing = new AtomicBoolean();
        private volatile boolean over;

        QueuedConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
            super(
                    connector.getByteBufferPool(),
                    connector.getExecutor(),
                    getSslContextFactory(),
                    endPoint,
                    engine,
                    isDirectBuffersForDecryption(),
                    isDirectBuffersForEncryption());
            addHandshakeListener(this);
        }

        @Override
        public void onFillable() {
            if (over) {
                super.onFillable();
            } else {
                queue.enter(this::compute);
            }
        }

        /** The request may have come together with the end of the handshake, and is then served in here. */
        private void compute() {
            computing.set(true);
            try {
                super.onFillable();
            } finally {
                computed();
            }
        }

        @Override
        public void handshakeSucceeded(Event event) {
            over = true;
            computed();
        }

        @Override
        public void handshakeFailed(Event event, Throwable failure) {
            over = true;
            computed();
        }

        private void computed() {
            if (computing.compareAndSet(true, false)) {
                queue.leave();
            }
        }
    }
}
