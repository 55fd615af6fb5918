package dev.nameplate.ca.edge.http;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Puts a Jetty server together for one door. HTTP/1.1 alone: every EST client speaks it. */
record Listener(DoorSettings settings, Optional<DoorTls> tls, Voice voice, Predicate<String> opaque) {
    private static final Duration STOP_TIME = Duration.ofSeconds(5);
    private static final Duration IDLE_TIME_WHEN_FULL = Duration.ofSeconds(1);
    /** Selectors and accepting; requests run on virtual threads. */
    private static final int PLATFORM_THREADS = 32;
    /** An answer up to this size leaves in one write with its header, and so in one TLS record if that holds it. */
    private static final int OUTPUT_BUFFER = 32 * 1024;

    Server server(String name, Handler handler) {
        var server = new Server(threads(name));
        server.setStopTimeout(STOP_TIME.toMillis());
        ServerConnector connector = connector(server);
        var ids = new RequestIds(new SecureRandom());
        var clock = new RequestClock(connector, settings);
        connector.addBean(clock);
        var refuser = new Refuser(voice.form(), voice.answers(), ids);
        server.setErrorHandler(refuser);
        server.setHandler(new GracefulHandler(gate(handler, clock, refuser, ids)));
        server.addConnector(connector);
        return server;
    }

    private Gate gate(Handler handler, RequestClock clock, Refuser refuser, RequestIds ids) {
        return new Gate(handler, new Gate.Terms(settings, opaque), clock, refuser, ids);
    }

    private static QueuedThreadPool threads(String name) {
        var threads = new QueuedThreadPool(PLATFORM_THREADS);
        threads.setName(name + "-door");
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor(name + "-door-request-"));
        return threads;
    }

    private ServerConnector connector(Server server) {
        var connector = new ServerConnector(server, 1, 1, protocols(server.getThreadPool()));
        connector.setHost(settings.bind());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.connections().idleTime().toMillis());
        connector.setAcceptQueueSize(settings.connections().acceptQueue());
        var limit = new NetworkConnectionLimit(settings.connections().maxConnections(), connector);
        limit.setEndPointIdleTimeout(IDLE_TIME_WHEN_FULL.toMillis());
        connector.addBean(limit);
        return connector;
    }

    private ConnectionFactory[] protocols(Executor threads) {
        var http = new HttpConnectionFactory(http());
        return tls.map(DoorTls::factory)
                .map(factory -> new QueuedHandshakes(factory, http.getProtocol(), handshakes(threads)))
                .map(ssl -> new ConnectionFactory[] {ssl, http})
                .orElseGet(() -> new ConnectionFactory[] {http});
    }

    private HandshakeQueue handshakes(Executor threads) {
        Executor virtual = VirtualThreads.getVirtualThreadsExecutor(threads);
        return new HandshakeQueue(settings.connections().maxHandshakes(), virtual == null ? threads : virtual);
    }

    private HttpConfiguration http() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(settings.requests().maxHeaderBytes());
        http.setOutputBufferSize(OUTPUT_BUFFER);
        http.setOutputAggregationSize(OUTPUT_BUFFER);
        http.setUriCompliance(UriCompliance.UNSAFE); // the gate refuses what is ambiguous, with a text
        if (tls.isPresent()) {
            http.addCustomizer(
                    new SecureRequestCustomizer(false)); // devices dial by address: no check of SNI against Host
        }
        return http;
    }
}
